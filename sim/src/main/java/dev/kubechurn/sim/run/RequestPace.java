package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import java.util.concurrent.TimeUnit;

/**
 * A limit on the requests of a whole run: each gets a moment of its own, evenly one after the other; what was not used for a
 * second is lost. Safe from any thread.
 */
final class RequestPace {

    private final Scheduler scheduler;
    private final long gapNanos;

    // Guarded by this.
    private long nextNanos = Long.MIN_VALUE;
    private int waiting;

    RequestPace(Scheduler scheduler, double perSecond) {
        this.scheduler = scheduler;
        this.gapNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    /** For how long who asks now must wait before it sends. */
    synchronized long take() {
        long now = scheduler.nanos();
        nextNanos = Math.max(nextNanos, now - TimeUnit.SECONDS.toNanos(1)) + gapNanos;
        return Math.max(0, nextNanos - now);
    }

    synchronized void waits(int more) {
        waiting += more;
    }

    /** How many requests wait for their moment. */
    synchronized int waiting() {
        return waiting;
    }
}
