package dev.kubechurn.reports.result;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * An immutable HdrHistogram: the buckets, and the usual figures drawn from them. Equal when all bucket counts are.
 *
 * <p>The figures of an empty histogram are 0; ask {@link #isEmpty()} before showing them. Safe from any thread.
 */
public final class HistogramSnapshot {

    private static final double PERCENT = 100;

    private final Histogram histogram;

    // The buckets that hold something, in order: most hold nothing, and HdrHistogram walks over all of them for each
    // figure.
    private final long[] highest;
    private final long[] countsUpTo;
    private final double mean;

    private HistogramSnapshot(Histogram histogram) {
        this.histogram = histogram;
        long[] values = new long[64];
        long[] counts = new long[64];
        int size = 0;
        double sum = 0;
        for (HistogramIterationValue bucket : histogram.recordedValues()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            values[size] = bucket.getValueIteratedTo();
            counts[size] = bucket.getTotalCountToThisValue();
            size++;
            sum += histogram.medianEquivalentValue(bucket.getValueIteratedTo())
                    * (double) bucket.getCountAtValueIteratedTo();
        }
        highest = Arrays.copyOf(values, size);
        countsUpTo = Arrays.copyOf(counts, size);
        mean = size == 0 ? 0 : sum / countsUpTo[size - 1];
    }

    /** Copies the histogram; nobody may be recording into it meanwhile. */
    public static HistogramSnapshot of(Histogram source) {
        return new HistogramSnapshot(compact(source));
    }

    /**
     * The histogram in a payload of the HdrHistogram log format: V2, compressed, base64.
     *
     * @throws IllegalArgumentException if the payload is damaged or larger than any histogram of use
     */
    public static HistogramSnapshot decode(String payload) {
        return new HistogramSnapshot(HistogramPayload.decode(payload));
    }

    /** The payload that {@link #decode} reads. */
    public String encoded() {
        return HistogramPayload.encode(histogram);
    }

    /** Room for the largest value that is there, and no more: a range of hours takes a quarter of a megabyte. */
    private static Histogram compact(Histogram source) {
        long lowest = source.getLowestDiscernibleValue();
        long highest = Math.max(2 * lowest, source.getMaxValue());
        Histogram copy = new Histogram(lowest, highest, source.getNumberOfSignificantValueDigits());
        copy.add(source);
        return copy;
    }

    /** A copy to iterate over, or to write; to add others it must be let grow. */
    public Histogram toHistogram() {
        return histogram.copy();
    }

    /** Each bucket that holds something, by its least value, with its count. */
    void forEachBucket(BucketVisitor visitor) {
        long before = 0;
        for (int i = 0; i < highest.length; i++) {
            visitor.bucket(histogram.lowestEquivalentValue(highest[i]), countsUpTo[i] - before);
            before = countsUpTo[i];
        }
    }

    /** Sees the buckets, from the lowest on. */
    @FunctionalInterface
    interface BucketVisitor {
        void bucket(long least, long count);
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    public long count() {
        return histogram.getTotalCount();
    }

    public long min() {
        return isEmpty() ? 0 : histogram.getMinValue();
    }

    public double mean() {
        return mean;
    }

    public long max() {
        return isEmpty() ? 0 : histogram.getMaxValue();
    }

    public long p50() {
        return percentile(50);
    }

    public long p90() {
        return percentile(90);
    }

    public long p95() {
        return percentile(95);
    }

    public long p99() {
        return percentile(99);
    }

    public long p999() {
        return percentile(99.9);
    }

    /**
     * The value that the given share of all values does not exceed, within the histogram's resolution.
     *
     * @param percent 0 to 100
     */
    public long percentile(double percent) {
        if (isEmpty()) {
            return 0;
        }
        // As HdrHistogram has it: the next lower double, so that 99.9 % of 1,000 are 999 and not 1,000.
        double share = Math.min(Math.max(Math.nextAfter(percent, Double.NEGATIVE_INFINITY), 0), PERCENT);
        long wanted = Math.max(1, (long) Math.ceil(share * count() / PERCENT));
        int found = Arrays.binarySearch(countsUpTo, wanted);
        long value = highest[found >= 0 ? found : -found - 1];
        return percent == 0 ? histogram.lowestEquivalentValue(value) : value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HistogramSnapshot that && histogram.equals(that.histogram);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count()) * 31 + Long.hashCode(max());
    }

    @Override
    public String toString() {
        return "count=" + count() + " p50=" + p50() + " p99=" + p99() + " max=" + max();
    }
}
