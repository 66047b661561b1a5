package dev.kubechurn.sim.workload;

import java.util.concurrent.TimeUnit;

/**
 * When the next of many may be created: so many at once, then so many a second, as client-go's limiter has it. A bucket that
 * is full at first, kept as the time at which it will be full again, so that whole nanoseconds do. Not thread-safe.
 */
final class CreationRate {

    private final double intervalNanos;
    private final int burst;
    private double fullAtNanos;

    /**
     * A full bucket.
     *
     * @param qps a second; {@link Double#POSITIVE_INFINITY}: no limit
     * @param burst at once; at least one
     */
    CreationRate(double qps, int burst) {
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / qps;
        this.burst = Math.max(1, burst);
    }

    /** How long the next one must wait; 0: it may go now, and is counted. */
    long take(long nowNanos) {
        double full = Math.max(fullAtNanos, (double) nowNanos);
        double wait = full - nowNanos - (burst - 1) * intervalNanos;
        if (wait > 0) {
            return Math.max(1, (long) Math.ceil(wait));
        }
        fullAtNanos = full + intervalNanos;
        return 0;
    }
}
