package dev.kubechurn.reports.result;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Results for tests, with one of everything. */
public final class SampleResults {

    public static final MetricDescriptor PROPAGATION =
            MetricDescriptor.of("propagation.latency", Unit.NANOSECONDS).lowerIsBetter();

    private SampleResults() {}

    /** Propagation latencies 1, 2, … 100 ms. */
    public static Histogram histogram() {
        Histogram histogram = new Histogram(3);
        for (long millis = 1; millis <= 100; millis++) {
            histogram.recordValue(millis * 1_000_000);
        }
        return histogram;
    }

    public static RunResult complete() {
        MetricDescriptor requests = MetricDescriptor.of("apiserver.requests", Unit.COUNT)
                .lowerIsBetter()
                .exact();
        return RunResult.builder(RunResult.RUN, "steady-churn")
                .title("20 nodes, „Watch“, seed 42")
                .started(Instant.parse("2026-01-31T12:00:00.123456789Z"))
                .duration(Duration.ofSeconds(20))
                .environment(Map.of("jdk", "17.0.15"))
                .parameter("spec.seed", "42")
                .parameter("spec.duration", "20s")
                .value(requests.label("verb", "watch"), 1_240)
                .value(requests.label("verb", "list"), 1_212)
                .value(MetricDescriptor.of("apiserver.rate", Unit.PER_SECOND), 0.1)
                .metric(HistogramMetric.of(PROPAGATION, histogram()))
                .metric(HistogramMetric.of(MetricDescriptor.of("sync.latency", Unit.NANOSECONDS), new Histogram(3)))
                .metric(new RangeMetric(MetricDescriptor.of("memory.perWatch", Unit.BYTES), 51_200, 102_400))
                .metric(new SamplesMetric(
                        MetricDescriptor.of("lookup", new Unit("ns/op")).lowerIsBetter(),
                        List.of(List.of(1.5, 2.5), List.of(3.0))))
                .series(new Series(
                        "apiserver.watches",
                        Unit.COUNT,
                        List.of(new Series.Point(0, 0), new Series.Point(1_000_000_000, 1_204))))
                .series(new Series(
                        "apiserver.requests",
                        Labels.of("verb", "list").and("who", "a \"b\", c"),
                        Unit.PER_SECOND,
                        List.of(new Series.Point(500_000_000, 2.25))))
                .breakdown(new Breakdown("apiserver.watches.held", Unit.COUNT, 1_204, heaviest()))
                .check(CheckResult.held("convergence"))
                .check(CheckResult.violated("no-leak", 2, List.of("2 watches for one entry")))
                .check(CheckResult.notChecked("determinism", "needs virtual time"))
                .note("client and server share this machine")
                .build();
    }

    private static Map<String, Double> heaviest() {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("configmaps/kube-root-ca.crt in 5 namespaces", 1_000.0);
        parts.put("secrets/token", 4.5);
        return parts;
    }
}
