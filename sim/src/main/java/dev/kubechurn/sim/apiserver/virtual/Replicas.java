package dev.kubechurn.sim.apiserver.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The API servers behind one address. For the scheduler's thread. */
final class Replicas {

    private final List<Replica> all = new ArrayList<>();

    Replicas(ServerModel model) {
        for (int i = 0; i < model.replicas(); i++) {
            all.add(new Replica(model));
        }
    }

    int size() {
        return all.size();
    }

    Replica get(int index) {
        return all.get(index);
    }

    /** Any of them, up or down. */
    Replica any(SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    /** One that is up, if there is one. */
    Optional<Replica> anyThatIsUp(SplittableRandom random) {
        List<Replica> up = all.stream().filter(replica -> !replica.isDown()).toList();
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
    }

    /** How many requests wait for a place, at all of them. */
    int waiting() {
        return all.stream().mapToInt(Replica::waiting).sum();
    }

    List<NetworkFigures.OfReplica> figures() {
        return all.stream().map(Replica::figures).toList();
    }
}
