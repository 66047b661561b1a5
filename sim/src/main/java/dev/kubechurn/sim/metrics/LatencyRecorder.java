package dev.kubechurn.sim.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Latencies in nanoseconds, to three significant digits, from 1 ns to an hour. */
public abstract sealed class LatencyRecorder {

    private static final long LARGEST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    /** Records wait-free from any thread; taking figures is for one thread at a time. */
    static LatencyRecorder shared() {
        return new Shared();
    }

    /** Everything is for one thread, and recording costs a fraction of what it costs where threads share it. */
    public static LatencyRecorder ofOneThread() {
        return new OfOneThread();
    }

    /** Records one latency; what lies beyond the range counts at its end. */
    public final void record(long nanos) {
        add(Math.min(LARGEST_NANOS, Math.max(0, nanos)));
    }

    abstract void add(long nanos);

    /** What was recorded since the last call of this or of {@link #total}; good until the next call. */
    public abstract Histogram nextInterval();

    /** Everything recorded so far. */
    public abstract Histogram total();

    /** It grows with the values that come: most runs see a small part of the range. */
    private static Histogram empty() {
        return new Histogram(DIGITS);
    }

    private static final class Shared extends LatencyRecorder {

        private final Recorder recorder = new Recorder(1, LARGEST_NANOS, DIGITS);

        // Guarded by this.
        private final Histogram total = empty();
        private @Nullable Histogram interval;

        @Override
        void add(long nanos) {
            recorder.recordValue(nanos);
        }

        @Override
        public synchronized Histogram nextInterval() {
            Histogram next = recorder.getIntervalHistogram(interval);
            interval = next;
            total.add(next);
            return next.copy();
        }

        @Override
        public synchronized Histogram total() {
            nextInterval();
            return total.copy();
        }
    }

    private static final class OfOneThread extends LatencyRecorder {

        private final Histogram total = empty();

        /** Of these there are so many, in virtual time, that the histograms get them all at once. */
        private long zeros;

        /** Those since the last look. */
        private long zerosSince;

        /** Since the last look; there is none before the first. */
        private @Nullable Histogram interval;

        /** What the last look was given, to be used again. */
        private @Nullable Histogram spare;

        @Override
        void add(long nanos) {
            if (nanos == 0) {
                zeros++;
                zerosSince++;
                return;
            }
            total.recordValue(nanos);
            if (interval != null) {
                interval.recordValue(nanos);
            }
        }

        @Override
        public Histogram nextInterval() {
            Histogram last = interval == null ? total() : interval;
            if (interval != null && zerosSince > 0) {
                interval.recordValueWithCount(0, zerosSince);
            }
            zerosSince = 0;
            Histogram next = spare == null ? empty() : spare;
            next.reset();
            interval = next;
            spare = last;
            return last;
        }

        @Override
        public Histogram total() {
            if (interval != null) {
                interval.reset();
                zerosSince = 0;
            }
            if (zeros > 0) {
                total.recordValueWithCount(0, zeros);
                zeros = 0;
            }
            return total.copy();
        }
    }
}
