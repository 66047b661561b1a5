package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;

/** A clock that stands still: no timer ever fires. */
public final class StoppedClock implements Scheduler {
    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public long coarseNanos() {
        return 0;
    }

    @Override
    public long coarseLagNanos() {
        return 0;
    }

    @Override
    public void schedule(Timer timer, long delayNanos) {}

    @Override
    public void cancel(Timer timer) {}
}
