package dev.kubechurn.sim.workload;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/** New versions of objects, chosen by popularity among those that may change. For one thread at a time. */
final class Updates {

    private final List<ObjectPlan> configMaps;
    private final List<ObjectPlan> secrets;
    private final double secretsShare;
    private final Popularity popularity;
    private final SplittableRandom random;
    private final ObjectWriter writer;
    private final LongAdder written;

    /**
     * The updates of a run.
     *
     * @param objects the more popular first; immutable ones are passed over
     * @param secretsShare of the updates that change a Secret, 0 to 1
     * @param written counts what was done
     */
    Updates(
            List<ObjectPlan> objects,
            double secretsShare,
            Popularity popularity,
            SplittableRandom random,
            ObjectWriter writer,
            LongAdder written) {
        List<ObjectPlan> mutable =
                objects.stream().filter(object -> !object.immutable()).toList();
        this.secrets = mutable.stream().filter(ObjectPlan::secret).toList();
        this.configMaps = mutable.stream().filter(object -> !object.secret()).toList();
        this.secretsShare = secretsShare;
        this.popularity = popularity;
        this.random = random;
        this.writer = writer;
        this.written = written;
    }

    /** Whether there is anything that may change. */
    boolean possible() {
        return possible(false) || possible(true);
    }

    private boolean possible(boolean secret) {
        return secret ? secretsShare > 0 && !secrets.isEmpty() : secretsShare < 1 && !configMaps.isEmpty();
    }

    /** Changes one object, if any may change: one of the other kind, where all of the kind drawn are immutable. */
    void next() {
        boolean drawn = random.nextDouble() < secretsShare;
        boolean secret = possible(drawn) ? drawn : !drawn;
        if (possible(secret)) {
            List<ObjectPlan> objects = secret ? secrets : configMaps;
            ObjectPlan object = objects.get(popularity.next(objects.size(), random));
            writer.update(object.next(random));
            written.increment();
        }
    }
}
