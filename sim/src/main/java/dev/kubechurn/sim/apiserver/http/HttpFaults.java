package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.StaleState;
import dev.kubechurn.sim.apiserver.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with the requests of a server over HTTP. Each fault ends when the {@link Runnable} that it gave is run.
 * Safe from any thread: faults begin and end on others than the one that serves.
 */
public final class HttpFaults {

    private final ApiStore store;
    private final List<Failing> failing = new CopyOnWriteArrayList<>();
    private final List<Delaying> delaying = new CopyOnWriteArrayList<>();

    /** Written under the store's lock or this, read by anybody. */
    private volatile @Nullable StaleState stale;

    /** How many want stale reads. Guarded by this. */
    private int standingStill;

    HttpFaults(ApiStore store) {
        this.store = store;
    }

    private record Failing(Set<Verb> verbs, ApiStatusException error, BooleanSupplier drawn) {}

    private record Delaying(Set<Verb> verbs, Duration by, BooleanSupplier drawn) {}

    /** From now on the requests with one of the verbs that are drawn are answered with an error. */
    public Runnable fail(Set<Verb> verbs, ApiStatusException error, BooleanSupplier drawn) {
        return begin(failing, new Failing(Set.copyOf(verbs), error, drawn));
    }

    /**
     * From now on the requests with one of the verbs that are drawn are answered so much later. A watch is opened at once,
     * but begins so much later: its WebSocket cannot be accepted later.
     */
    public Runnable delay(Set<Verb> verbs, Duration by, BooleanSupplier drawn) {
        return begin(delaying, new Delaying(Set.copyOf(verbs), by, drawn));
    }

    private static <F> Runnable begin(List<F> active, F fault) {
        active.add(fault);
        return () -> active.remove(fault);
    }

    /**
     * From now on reads of version "0" are answered from the state of this moment. When they already are, that earlier
     * state stays: a cache that stands still does not follow in between.
     */
    public synchronized Runnable staleReads() {
        if (standingStill++ == 0) {
            // Under the store's lock, so that no change comes between the state and its use.
            store.takeState(state -> stale = state);
        }
        return this::follow;
    }

    private synchronized void follow() {
        if (--standingStill == 0) {
            stale = null;
        }
    }

    /** The version that a read of version "0" gets now, if the server's cache stands still. */
    public OptionalLong staleRevision() {
        return stale().stream().mapToLong(StaleState::revision).findFirst();
    }

    Optional<StaleState> stale() {
        return Optional.ofNullable(stale);
    }

    /** @throws ApiStatusException if the request is drawn to fail */
    void refuseDrawn(Verb verb) {
        for (Failing each : failing) {
            if (each.verbs.contains(verb) && each.drawn.getAsBoolean()) {
                throw each.error;
            }
        }
    }

    /** How much later than usual a request is to be answered. */
    Duration delay(Verb verb) {
        Duration sum = Duration.ZERO;
        for (Delaying each : delaying) {
            if (each.verbs.contains(verb) && each.drawn.getAsBoolean()) {
                sum = sum.plus(each.by);
            }
        }
        return sum;
    }
}
