package dev.kubechurn.reports.result;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * An immutable HdrHistogram: the buckets, and the usual figures drawn from them. Equal when all bucket counts are.
 *
 * <p>The figures of an empty histogram are 0; ask {@link #isEmpty()} before showing them. Safe from any thread.
 */
public final class HistogramSnapshot {

    private final Histogram histogram;

    private HistogramSnapshot(Histogram histogram) {
        this.histogram = histogram;
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
        for (HistogramIterationValue bucket : histogram.recordedValues()) {
            visitor.bucket(
                    histogram.lowestEquivalentValue(bucket.getValueIteratedTo()), bucket.getCountAtValueIteratedTo());
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
        return isEmpty() ? 0 : histogram.getMean();
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
        return isEmpty() ? 0 : histogram.getValueAtPercentile(percent);
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
