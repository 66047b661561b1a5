package dev.kubechurn.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class ResultDigestTest {

    private static final MetricDescriptor REQUESTS =
            MetricDescriptor.of("requests", Unit.COUNT).exact();
    private static final MetricDescriptor LATENCY =
            MetricDescriptor.of("latency", Unit.NANOSECONDS).exact();

    /** The bytes as docs/result-format.md tells them, put down one by one. */
    @Test
    void isTheHashOfTheCanonicalEncoding() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream expected = new DataOutputStream(bytes);
        text(expected, "kubechurn-digest-1");
        expected.writeLong(3_000_000_000L);
        expected.writeLong(2); // metrics
        text(expected, "latency");
        expected.writeLong(1);
        text(expected, "from");
        text(expected, "due");
        text(expected, "ns");
        expected.writeLong(2); // a histogram
        expected.writeLong(4);
        expected.writeLong(10_007);
        for (long number : new long[] {0, 1, 7, 2, 10_000, 1}) { // 10_001 lies in the bucket from 10_000 to 10_007
            expected.writeLong(number);
        }
        text(expected, "requests");
        expected.writeLong(0);
        text(expected, "count");
        expected.writeLong(1); // a value
        expected.writeLong(1_212);
        expected.writeLong(1); // series
        text(expected, "watches");
        expected.writeLong(0);
        text(expected, "count");
        for (long number : new long[] {2, 0, 5, 1_000_000_000, 6}) {
            expected.writeLong(number);
        }
        expected.writeLong(2); // checks
        text(expected, "convergence");
        expected.writeLong(0);
        text(expected, "no-leak");
        expected.writeLong(2);

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        StringBuilder hex = new StringBuilder();
        for (byte one : hash) {
            hex.append(Character.forDigit(one >> 4 & 15, 16)).append(Character.forDigit(one & 15, 16));
        }
        assertThat(ResultDigest.of(sample(result -> {}))).isEqualTo(hex.toString());
    }

    @Test
    void anyChangedCountBucketPointOrCheckChangesIt() {
        Histogram oneMore = histogram();
        oneMore.recordValue(7);
        Histogram moved = new Histogram(3);
        for (long value : new long[] {0, 7, 8, 10_001}) {
            moved.recordValue(value);
        }
        List<RunResult> results = List.of(
                sample(result -> {}),
                sample(result -> result.duration(Duration.ofSeconds(4))),
                sample(result -> result.value(REQUESTS.label("verb", "get"), 0)),
                sample(result -> result.value(REQUESTS.label("verb", "get"), 1)),
                sample(result -> result.value(REQUESTS.label("verb", "list"), 1)),
                sample(result -> result.value(
                        MetricDescriptor.of("requests2", Unit.BYTES).exact(), 1)),
                sample(result -> result.metric(HistogramMetric.of(LATENCY, histogram()))),
                sample(result -> result.metric(HistogramMetric.of(LATENCY, oneMore))),
                sample(result -> result.metric(HistogramMetric.of(LATENCY, moved))),
                sample(result -> result.series(series(0, 5))),
                sample(result -> result.series(series(0, 6))),
                sample(result -> result.series(series(1, 6))),
                sample(result -> result.check(CheckResult.held("fresh"))),
                sample(result -> result.check(CheckResult.violated("fresh", 1, List.of()))));

        Set<String> digests = new HashSet<>();
        results.forEach(result -> digests.add(ResultDigest.of(result)));
        assertThat(digests).hasSameSizeAs(results);
    }

    @Test
    void whatMayDifferFromMachineToMachineChangesNothing() {
        RunResult elsewhere = sample(result -> result.title("elsewhere")
                .started(Instant.parse("2026-11-25T10:00:00Z"))
                .environment(Map.of("jdk", "25"))
                .parameter("seed", "7")
                .note("another machine")
                .value(MetricDescriptor.of("wall", Unit.NANOSECONDS), 17)
                .value(MetricDescriptor.of("rate", Unit.PER_SECOND).exact(), 0.3)
                .value(MetricDescriptor.of("checks.requests", Unit.COUNT).exact(), 161)
                .metric(new RangeMetric(MetricDescriptor.of("memory", Unit.BYTES), 1, 2))
                .series(new Series("rate", Unit.PER_SECOND, List.of(new Series.Point(0, 0.3)))));

        assertThat(ResultDigest.of(elsewhere)).isEqualTo(ResultDigest.of(sample(result -> {})));
    }

    @Test
    void theDigestOfWhatIsReadBackIsThatOfWhatWasWritten() {
        RunResult result = sample(RunResultBuilder::digested);
        RunResult back = ResultJson.parse(ResultJson.write(result), "result.json");

        assertThat(back).isEqualTo(result);
        assertThat(back.digest()).isEqualTo(ResultDigest.of(result)).isEqualTo(ResultDigest.of(back));
    }

    @Test
    void moreSampledMetricsKeepTheDigestAndExactOnesAreRefused() {
        RunResult result = sample(RunResultBuilder::digested);
        MetricDescriptor wall = MetricDescriptor.of("wall", Unit.NANOSECONDS);

        RunResult more = result.withSampled(List.of(new ValueMetric(wall, 17)));
        assertThat(more.metric("wall")).isPresent();
        assertThat(more.digest()).isEqualTo(result.digest()).isEqualTo(ResultDigest.of(more));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> result.withSampled(List.of(new ValueMetric(wall.exact(), 17))))
                .withMessage("wall is exact, so the digest must include it");
    }

    @Test
    void anExactCountThatIsNotWholeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResultDigest.of(sample(result -> result.value(REQUESTS.label("a", "b"), 0.5))))
                .withMessage("requests{a=b} is 0.5, which is not an exact count; mark it as sampled");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResultDigest.of(sample(result -> result.value(REQUESTS.label("a", "b"), 1e16))))
                .withMessageContaining("not an exact count");
    }

    @Test
    void aPartialResultHasNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sample(result -> result.digested().partial("interrupted")))
                .withMessageContaining("a partial result cannot have a digest");
    }

    private static RunResult sample(Consumer<RunResultBuilder> more) {
        RunResultBuilder result = RunResult.builder(RunResult.RUN, "sample")
                .duration(Duration.ofSeconds(3))
                .value(REQUESTS, 1_212)
                .metric(HistogramMetric.of(LATENCY.label("from", "due"), histogram()))
                .series(new Series(
                        "watches", Unit.COUNT, List.of(new Series.Point(0, 5), new Series.Point(1_000_000_000, 6))))
                .check(CheckResult.violated("no-leak", 2, List.of("2 watches for one entry")))
                .check(CheckResult.held("convergence"));
        more.accept(result);
        return result.build();
    }

    private static Histogram histogram() {
        Histogram histogram = new Histogram(3);
        for (long value : new long[] {0, 7, 7, 10_001}) {
            histogram.recordValue(value);
        }
        return histogram;
    }

    private static Series series(long offset, long value) {
        return new Series("pods", Unit.COUNT, List.of(new Series.Point(offset, value)));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeLong(bytes.length);
        out.write(bytes);
    }
}
