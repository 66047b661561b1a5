package dev.kubechurn.sim.cli;

import java.util.concurrent.TimeUnit;

/** When the next line of progress is due in a log: every five seconds. For one thread at a time. */
final class Pace {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private long nextNanos = INTERVAL_NANOS;

    /** Whether a line is due so long after the start; the next one is due at the next multiple of the interval then. */
    boolean isDue(long elapsedNanos) {
        if (elapsedNanos < nextNanos) {
            return false;
        }
        nextNanos = elapsedNanos - elapsedNanos % INTERVAL_NANOS + INTERVAL_NANOS;
        return true;
    }
}
