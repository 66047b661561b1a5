package dev.kubechurn.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Base64;
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
