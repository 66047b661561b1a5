package dev.kubechurn.sim.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Latencies in nanoseconds, to three significant digits, from 1 ns to an hour. Recording is wait-free and safe from any
 * thread; taking figures is for one thread at a time.
 */
public final class LatencyRecorder {

    private static final long LARGEST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(1, LARGEST_NANOS, DIGITS);

    // Guarded by this.
    private final Histogram total = new Histogram(1, LARGEST_NANOS, DIGITS);
    private @Nullable Histogram interval;

    /** Records one latency; what lies beyond the range counts at its end. */
    public void record(long nanos) {
        recorder.recordValue(Math.min(LARGEST_NANOS, Math.max(0, nanos)));
    }

    /** What was recorded since the last call of this or of {@link #total}. */
    public synchronized Histogram nextInterval() {
        Histogram next = recorder.getIntervalHistogram(interval);
        interval = next;
        total.add(next);
        return next.copy();
    }

    /** Everything recorded so far. */
    public synchronized Histogram total() {
        nextInterval();
        return total.copy();
    }
}
