package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;

/** A scheduler whose clock can jump forward; its delays are those of the one behind it. Safe from any thread. */
public final class SkewedClock implements Scheduler {

    private final Scheduler behind;
    private volatile long aheadNanos;

    public SkewedClock(Scheduler behind) {
        this.behind = behind;
    }

    /** Sets the clock forward. */
    public synchronized void jump(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a monotonic clock cannot go backwards: " + nanos + " ns");
        }
        aheadNanos += nanos;
    }

    @Override
    public long nanos() {
        return behind.nanos() + aheadNanos;
    }

    @Override
    public long coarseNanos() {
        return behind.coarseNanos() + aheadNanos;
    }

    @Override
    public long coarseLagNanos() {
        return behind.coarseLagNanos();
    }

    @Override
    public void schedule(Timer timer, long delayNanos) {
        behind.schedule(timer, delayNanos);
    }

    @Override
    public void cancel(Timer timer) {
        behind.cancel(timer);
    }

    @Override
    public boolean mayBlock() {
        return behind.mayBlock();
    }
}
