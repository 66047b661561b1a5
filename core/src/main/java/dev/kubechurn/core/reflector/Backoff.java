package dev.kubechurn.core.reflector;

import java.util.concurrent.TimeUnit;

/** The series of waits between a reflector's attempts (R11). Not thread-safe: its reflector guards it. */
final class Backoff {

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    private static final long LARGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(2);

    private int waits;
    private long lastWaitNanos;

    /**
     * Begins the next wait: 0.8 s, 1.6, 3.2, … 30 s, times a factor in [1, 2); the series starts over when the last
     * wait began more than 2 min ago.
     *
     * @param random in [0, 1)
     * @return the length of the wait in nanoseconds
     */
    long next(long nowNanos, double random) {
        if (waits > 0 && nowNanos - lastWaitNanos > QUIET_NANOS) {
            waits = 0;
        }
        long base = waits < 6 ? FIRST_NANOS << waits : LARGEST_NANOS;
        waits++;
        lastWaitNanos = nowNanos;
        return base + (long) (base * random);
    }
}
