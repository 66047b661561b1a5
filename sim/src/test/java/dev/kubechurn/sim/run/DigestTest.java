package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.Precision;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.ResultDigest;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Check 6: the same scenario, seed and version give the same digest. */
final class DigestTest {

    @ParameterizedTest
    @ValueSource(strings = {"Watch", "Cache", "Get"})
    void theSameSeedGivesTheSameResultAndAnotherSeedAnother(String strategy) throws Exception {
        RunResult first = run(plan("seed=42", "strategy=" + strategy));
        RunResult again = run(plan("seed=42", "strategy=" + strategy));
        RunResult other = run(plan("seed=43", "strategy=" + strategy));

        assertThat(first.checks()).allMatch(CheckResult::held);
        assertThat(again.metrics()).isEqualTo(first.metrics());
        assertThat(again.series()).isEqualTo(first.series());
        assertThat(first.digest()).isNotNull().isEqualTo(again.digest()).isEqualTo(ResultDigest.of(first));
        assertThat(other.digest()).isNotNull().isNotEqualTo(first.digest());
    }

    @Test
    void everythingIsExactInVirtualTimeButWhatIsAnEstimate() throws Exception {
        RunResult result = run(plan("updates.rate=20/s"));
        assertThat(result.metrics())
                .allSatisfy(metric -> assertThat(metric.descriptor().precision())
                        .as(metric.descriptor().id())
                        .isEqualTo(metric instanceof RangeMetric ? Precision.SAMPLED : Precision.EXACT));
        assertThat(value(result, "engine.events")).isGreaterThan(value(result, "engine.deliveries"));
        assertThat(value(result, "engine.lookups")).isPositive();
    }

    /** Where somebody ends a run is chance, also in the quiet after its load. */
    @Test
    void aRunThatWasEndedHasNoDigestAndNothingExact() throws Exception {
        RunPlan plan = plan("duration=1h");
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            simulation.stop("interrupted");
            assertInexact(simulation.run());
        }
    }

    @Test
    void overHttpNothingIsExact() throws Exception {
        assertInexact(run(plan("transport=mock", "duration=1s", "warmup=0s")));
    }

    /** Another consumer of randomness: with updates, the very same pods come and go. */
    @Test
    void updatesChangeNobodysPods() throws Exception {
        RunResult without = run(plan("updates.rate=0/s"));
        RunResult with = run(plan("updates.rate=50/s"));

        assertThat(with.digest()).isNotEqualTo(without.digest());
        for (String metric : List.of("pods", "references", "entries")) {
            assertThat(value(with, metric)).as(metric).isEqualTo(value(without, metric));
        }
        Labels due = Labels.of("from", "due");
        for (String metric : List.of("registration.latency", "lookup.latency")) {
            assertThat(count(with, metric, due)).as(metric).isEqualTo(count(without, metric, due));
        }
        assertThat(with.series("pods", Labels.NONE)).isEqualTo(without.series("pods", Labels.NONE));
    }

    private static void assertInexact(RunResult result) {
        assertThat(result.digest()).isNull();
        assertThat(result.metrics())
                .extracting(metric -> metric.descriptor().precision())
                .containsOnly(Precision.SAMPLED);
    }

    private static RunPlan plan(String... settings) throws ScenarioException {
        List<String> all = new ArrayList<>(List.of(
                "transport=virtual",
                "duration=90s",
                "warmup=10s",
                "cluster.nodes=5",
                "pods.perNode=10",
                "pods.churn.rate=2/s",
                "pods.churn.lifetime={exponential: 60s}",
                "kubelet.syncFrequency=10s"));
        all.addAll(List.of(settings));
        return Plans.of(ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, Overrides.of(all)));
    }

    private static RunResult run(RunPlan plan) throws InterruptedException {
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            return simulation.run();
        }
    }

    private static long value(RunResult result, String metric) {
        return (long) ((ValueMetric) result.metric(metric).orElseThrow()).value();
    }

    private static long count(RunResult result, String name, Labels labels) {
        Metric metric = result.metric(name, labels).orElseThrow();
        return ((HistogramMetric) metric).histogram().count();
    }
}
