package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Unit;
import org.junit.jupiter.api.Test;

/** Benchmarks beside their floor and what others take. */
final class BenchmarkTableTest {

    private static final Unit TIME = new Unit("ns/op");

    private static MetricDescriptor metric(String name, Unit unit, String objects) {
        return MetricDescriptor.of(name, unit).lowerIsBetter().label("objects", objects);
    }

    @Test
    void showsRatiosWithinTheSameParameters() {
        RunResult result = RunResult.builder(RunResult.BENCHMARK, "jmh")
                .metric(SamplesMetric.of(metric("Lookup.floor", TIME, "10"), 19, 20, 21))
                .metric(SamplesMetric.of(metric("Lookup.floor", TIME, "1000"), 100))
                .metric(SamplesMetric.of(metric("Lookup.manager", TIME, "10"), 24, 28, 25))
                .metric(SamplesMetric.of(metric("Lookup.manager.alloc", new Unit("B/op"), "10"), 0.01, 0.02, 0.03))
                .metric(SamplesMetric.of(metric("Lookup.fabric8Lister", TIME, "10"), 50, 60, 50))
                .metric(SamplesMetric.of(metric("Lookup.officialLister", TIME, "1000"), 70))
                .build();

        String table = new BenchmarkTable().render(result);
        assertThat(line(table, "manager "))
                .containsSubsequence("10", "25 ns/op", "24 ns/op to 28 ns/op", "0 B/op", "1.25", "fabric8Lister 2.00 ×")
                .doesNotContain("official");
        assertThat(line(table, "fabric8Lister ")).containsSubsequence("50 ns/op", "2.50");
        assertThat(line(table, "officialLister ")).containsSubsequence("70 ns/op", "1 fork", "0.700");
        assertThat(table).startsWith("Lookup\n");
    }

    private static String line(String table, String method) {
        return table.lines()
                .filter(line -> line.contains("  " + method))
                .findFirst()
                .orElseThrow();
    }
}
