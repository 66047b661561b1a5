package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class MemoryEstimateTest {

    private static final long GIB = 1L << 30;

    @Test
    void countsWhatTheRunThenHas() throws Exception {
        RunPlan plan = plan("cluster.nodes=12", "pods.perNode=25", "pods.references.kubeRootCA=true");
        MemoryEstimate estimate = MemoryEstimate.of(plan);
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            RunResult result = simulation.run();
            assertThat(estimate.nodes()).isEqualTo(12);
            assertThat(estimate.pods()).isEqualTo(value(result, "pods"));
            assertThat(estimate.entries()).isCloseTo(value(result, "entries"), Percentage.withPercentage(10));
        }
        assertThat(estimate.objects()).isEqualTo(200 + 50 + 5);
    }

    /** All nodes of the sample are looked at when there are few, and their pods are drawn as the run draws them. */
    @Test
    void withoutChurnTheEntriesAreExact() throws Exception {
        RunPlan plan = plan("cluster.nodes=4", "pods.churn.rate=0/s", "pods.churn.lifetime=10h");
        MemoryEstimate estimate = MemoryEstimate.of(plan);
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            assertThat(estimate.entries()).isEqualTo(value(simulation.run(), "entries"));
        }
    }

    @Test
    void growsWithEachOfItsParts() {
        MemoryEstimate base = new MemoryEstimate(10, 100, 1_000, 50, 50_000, 500, 60);
        assertThat(List.of(
                        new MemoryEstimate(20, 100, 1_000, 50, 50_000, 500, 60),
                        new MemoryEstimate(10, 200, 1_000, 50, 50_000, 500, 60),
                        new MemoryEstimate(10, 100, 2_000, 50, 50_000, 500, 60),
                        new MemoryEstimate(10, 100, 1_000, 90, 50_000, 500, 60),
                        new MemoryEstimate(10, 100, 1_000, 50, 90_000, 500, 60),
                        new MemoryEstimate(10, 100, 1_000, 50, 50_000, 900, 60),
                        new MemoryEstimate(10, 100, 1_000, 50, 50_000, 500, 90)))
                .allSatisfy(more -> assertThat(more.bytes()).isGreaterThan(base.bytes()));
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheCommandThatHelps() {
        MemoryEstimate large = new MemoryEstimate(5_000, 500_000, 10_000_000, 1_000, 1_000_000, 0, 600);
        assertThat(large.bytes()).isCloseTo(5 * GIB, within(GIB / 2));
        large.requireFits(8 * GIB);
        assertThatExceptionOfType(UnsupportedScenarioException.class)
                .isThrownBy(() -> large.requireFits(2 * GIB))
                .withMessageMatching("the run needs about [0-9.]+ GiB for 5,000 nodes, 500,000 pods and 10,000,000"
                        + " objects on them, but the heap is 2.00 GiB; use --heap 6g, or fewer nodes"
                        + " \\(--set cluster.nodes=1[0-9]{3}\\)");
    }

    /** Either way out that the refusal names must lead out. */
    @Test
    void whatTheRefusalAdvisesFits() {
        MemoryEstimate large = new MemoryEstimate(5_000, 500_000, 10_000_000, 1_000, 1_000_000, 0, 600);
        String advice = refusal(large, 2 * GIB);
        long heap = Long.parseLong(advice.replaceAll(".*--heap ([0-9]+)g.*", "$1"));
        int nodes = Integer.parseInt(advice.replaceAll(".*cluster.nodes=([0-9]+).*", "$1"));

        large.requireFits(heap * GIB);
        new MemoryEstimate(nodes, 100L * nodes, 2_000L * nodes, 1_000, 1_000_000, 0, 600).requireFits(2 * GIB);
    }

    @Test
    void whereNoNodeFitsAtAllNoNumberOfNodesIsAdvised() {
        assertThat(refusal(new MemoryEstimate(5, 500, 10_000, 1_000, 10 * GIB, 0, 600), GIB))
                .endsWith("use --heap 26g, or a smaller scenario");
    }

    /** Over HTTP the machine gives out before the heap does. */
    @Test
    void onlyRunsInVirtualTimeAreRefused() throws Exception {
        RunPlan virtual = plan();
        RunPlan overHttp = plan("transport=mock");
        Simulation.requireMemory(overHttp, 1);
        assertThatExceptionOfType(UnsupportedScenarioException.class)
                .isThrownBy(() -> Simulation.requireMemory(virtual, 1))
                .withMessageContaining("the heap is 1 B");
    }

    private static String refusal(MemoryEstimate estimate, long maxBytes) {
        try {
            estimate.requireFits(maxBytes);
        } catch (UnsupportedScenarioException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("it fits");
    }

    private static RunPlan plan(String... settings) throws ScenarioException {
        List<String> all = new ArrayList<>(List.of("transport=virtual", "duration=30s", "warmup=5s"));
        all.addAll(List.of(settings));
        return Plans.of(ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, Overrides.of(all)));
    }

    private static long value(RunResult result, String metric) {
        return (long) ((ValueMetric) result.metric(metric).orElseThrow()).value();
    }
}
