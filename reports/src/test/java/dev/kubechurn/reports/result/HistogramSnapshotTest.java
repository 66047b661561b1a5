package dev.kubechurn.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HistogramSnapshotTest {

    @Test
    void drawsTheUsualFigures() {
        HistogramSnapshot snapshot = HistogramSnapshot.of(SampleResults.histogram());

        assertThat(snapshot.count()).isEqualTo(100);
        assertWithinResolution(snapshot.min(), 1_000_000);
        assertWithinResolution(snapshot.p50(), 50_000_000);
        assertWithinResolution(snapshot.p90(), 90_000_000);
        assertWithinResolution(snapshot.p95(), 95_000_000);
        assertWithinResolution(snapshot.p99(), 99_000_000);
        assertWithinResolution(snapshot.p999(), 100_000_000);
        assertWithinResolution(snapshot.max(), 100_000_000);
        assertThat(snapshot.mean()).isBetween(50_400_000.0, 50_600_000.0);
    }

    @Test
    void everyFigureIsThatOfHdrHistogram() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            Histogram histogram = new Histogram(random.nextInt(1, 4));
            int bits = random.nextInt(1, 50);
            for (int values = random.nextInt(1, 3000); values > 0; values--) {
                histogram.recordValueWithCount(random.nextLong(1L << bits), random.nextInt(1, 5));
            }
            HistogramSnapshot snapshot = HistogramSnapshot.of(histogram);
            assertThat(snapshot.mean()).as("seed %d", seed).isEqualTo(histogram.getMean());
            for (double percent : new double[] {0, 0.1, 10, 50, 90, 95, 99, 99.9, 99.99, 100, random.nextDouble(100)}) {
                assertThat(snapshot.percentile(percent))
                        .as("%s %% with seed %d", percent, seed)
                        .isEqualTo(histogram.getValueAtPercentile(percent));
            }
            List<Long> buckets = new ArrayList<>();
            snapshot.forEachBucket((least, count) -> buckets.addAll(List.of(least, count)));
            List<Long> expected = new ArrayList<>();
            histogram
                    .recordedValues()
                    .forEach(bucket -> expected.addAll(List.of(
                            histogram.lowestEquivalentValue(bucket.getValueIteratedTo()),
                            bucket.getCountAtValueIteratedTo())));
            assertThat(buckets).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void isNotChangedByItsSourceNorByItsCopies() {
        Histogram source = SampleResults.histogram();
        HistogramSnapshot snapshot = HistogramSnapshot.of(source);
        source.recordValue(1);
        snapshot.toHistogram().recordValue(1);

        assertThat(snapshot.count()).isEqualTo(100);
    }

    @Test
    void equalityIsThatOfTheBuckets() {
        Histogram concurrent = new ConcurrentHistogram(3);
        concurrent.add(SampleResults.histogram());
        Histogram other = SampleResults.histogram();
        other.recordValue(50_000_000);

        HistogramSnapshot snapshot = HistogramSnapshot.of(SampleResults.histogram());
        assertThat(HistogramSnapshot.of(concurrent)).isEqualTo(snapshot).hasSameHashCodeAs(snapshot);
        assertThat(HistogramSnapshot.of(other)).isNotEqualTo(snapshot);
    }

    @Test
    void anEmptyOneHasNoFigures() {
        HistogramSnapshot empty = HistogramSnapshot.of(new Histogram(3));

        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.max()).isZero();
        assertThat(empty.p99()).isZero();
        assertThat(HistogramSnapshot.decode(empty.encoded())).isEqualTo(empty);
    }

    @Test
    void anInflatingBombIsRefused() {
        byte[] zeros = new byte[64 << 20];
        Deflater deflater = new Deflater();
        deflater.setInput(zeros);
        deflater.finish();
        byte[] deflated = new byte[1 << 20];
        int length = deflater.deflate(deflated);
        deflater.end();
        ByteBuffer payload = ByteBuffer.allocate(8 + length).putInt(0x1c849314).putInt(length);
        payload.put(deflated, 0, length);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HistogramSnapshot.decode(Base64.getEncoder().encodeToString(payload.array())))
                .withMessage("histogram payload is damaged")
                .withStackTraceContaining("too large");
    }

    private static void assertWithinResolution(long figure, long exact) {
        assertThat((double) figure).isBetween(exact * 0.999, exact * 1.001);
    }
}
