package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pods.churn} in cycles is kube-burner's churn (docs/coming-from.md): seen from the number of pods, second by second. */
final class KubeBurnerChurnTest {

    private static final int PODS = 2 * 10;

    /**
     * A third of four namespaces, rounded down, is one. Its pods go at 10.25 s, come again from 15.25 s on, three at once and two
     * a second then, and the next cycle begins 10 s after the last one came.
     */
    @Test
    void wholeNamespacesGoAtOnceAndComeAtTheRate() throws Exception {
        long[] pods =
                pods("{percent: 33%, cycles: 2, delay: 10250ms, deleteDelay: 5s, mode: namespaces, qps: 2, burst: 3}");
        int away = PODS - (int) pods[12];
        assertThat(away).as("pods of one namespace").isBetween(1, PODS - 1);
        assertThat(pods[10]).isEqualTo(PODS);
        for (int second = 11; second <= 15; second++) {
            assertThat(pods[second]).as("%d s", second).isEqualTo(PODS - away);
        }
        int last = 15;
        for (int second = 16; pods[second - 1] < PODS; second++) {
            int created = 3 + 2 * (second - 16) + 1; // the fourth half a second after the first three
            assertThat(pods[second]).as("%d s", second).isEqualTo(Math.min(PODS, PODS - away + created));
            last = second;
        }
        assertThat(pods[last + 9]).as("before the second cycle").isEqualTo(PODS);
        assertThat(pods[last + 12]).as("in the second cycle").isLessThan(PODS);
        assertThat(pods[85]).as("after the second cycle").isEqualTo(PODS);
    }

    /** 33% of 20 pods are six. They go at the rate too: three at 10.25 s, and two a second until 11.75 s. */
    @Test
    void theOldestPodsGoAndComeAtTheRate() throws Exception {
        long[] pods =
                pods("{percent: 33%, cycles: 1, delay: 10250ms, deleteDelay: 5s, mode: objects, qps: 2, burst: 3}");
        assertThat(List.of(pods[10], pods[11], pods[12], pods[13])).containsExactly(20L, 20L - 4, 20L - 6, 20L - 6);
        // From 16.75 s on: three at once, then two a second.
        assertThat(List.of(pods[16], pods[17], pods[18], pods[19])).containsExactly(14L, 14L + 3, 14L + 5, 20L);
    }

    /** Each cycle takes the oldest: after two halves everybody has gone once, and what pods name has not changed. */
    @Test
    void podsComeBackAsTheyWere() throws Exception {
        RunResult still = run("{percent: 50%, cycles: 0, duration: 0s, delay: 5s}");
        RunResult churned = run("{percent: 50%, cycles: 2, delay: 5s, mode: objects}");
        assertThat(registrations(still)).isEqualTo(PODS);
        assertThat(registrations(churned)).isEqualTo(2 * PODS);
        for (String same : List.of("pods", "references", "entries")) {
            assertThat(value(churned, same)).as(same).isEqualTo(value(still, same));
        }
        assertThat(value(churned, "apiserver.watches.peak")).isEqualTo(value(still, "apiserver.watches.peak"));
    }

    /** The time is asked first, then the cycles; 0 is no limit, and no limit at all is no churn. */
    @ParameterizedTest
    @CsvSource({
        "3, 0s, 3", // as many as are asked for
        "0, 25s, 2", // begun at 10 s and 20 s
        "2, 25s, 2",
        "1, 25s, 1",
        "5, 10s, 0", // over before the first one
        "0, 0s, 0"
    })
    void endsWithTheFirstOfItsLimits(int cycles, String duration, int expected) throws Exception {
        RunResult result =
                run("{percent: 5%, cycles: " + cycles + ", duration: " + duration + ", delay: 10s, mode: objects}");
        assertThat(registrations(result)).as("5%% of 20 pods is one").isEqualTo(PODS + expected);
    }

    @Test
    void aShareTooSmallForOneIsOne() throws Exception {
        assertThat(registrations(run("{percent: 0.1%, cycles: 4, delay: 2s, mode: objects}")))
                .isEqualTo(PODS + 4);
    }

    /** A cycle that the end of the load meets in its middle breaks no check; nor does one without any delay. */
    @ParameterizedTest
    @CsvSource({"virtual, 0s, 1s", "virtual, 80s, 30s", "mock, 500ms, 200ms"})
    void checksHold(String transport, String delay, String deleteDelay) throws Exception {
        RunResult result = run(
                "{percent: 50%, cycles: 3, delay: " + delay + ", deleteDelay: " + deleteDelay + "}",
                "transport=" + transport,
                "duration=" + (transport.equals("mock") ? "3s" : "90s"));
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
    }

    /** The ready-made scenario, a tenth of its size. */
    @Test
    void batchChurnComesToRest() throws Exception {
        RunResult result = simulate(
                "batch-churn",
                "cluster.nodes=10",
                "cluster.namespaces=20",
                "configMaps.count=100",
                "secrets.count=100");
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        // Each cycle deletes two of 20 namespaces, 30 of 300 pods or so; nine of ten come after the warm-up.
        assertThat(registrations(result)).isBetween(9L * 15, 10L * 50);
        assertThat(value(result, "apiserver.watches.peak")).isEqualTo(value(result, "entries"));
    }

    private static long[] pods(String churn) throws Exception {
        Series pods = run(churn).series().stream()
                .filter(series -> series.id().equals("pods"))
                .findAny()
                .orElseThrow();
        long[] bySecond = new long[pods.points().size() + 1];
        pods.points().forEach(point -> bySecond[(int) (point.offsetNanos() / 1_000_000_000L)] = (long) point.value());
        return bySecond;
    }

    private static RunResult run(String churn, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "transport=virtual",
                "duration=90s",
                "warmup=0s",
                "kubelet.starts=together",
                "cluster={nodes: 2, namespaces: 4}",
                "configMaps.count=40",
                "configMaps.immutable=0%",
                "secrets.count=20",
                "secrets.immutable=0%",
                "pods.perNode=10",
                "pods.churn=" + churn,
                "updates.rate=0/s"));
        all.addAll(List.of(more));
        return simulate(ReadyMadeScenarios.DEFAULT, all.toArray(new String[0]));
    }

    private static RunResult simulate(String scenario, String... settings) throws Exception {
        RunPlan plan = Plans.of(ReadyMadeScenarios.read(scenario, Overrides.of(List.of(settings))));
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            return simulation.run();
        }
    }

    private static long registrations(RunResult result) {
        return ((HistogramMetric) result.metric("registration.latency", Labels.of("from", "call"))
                        .orElseThrow())
                .histogram()
                .count();
    }

    private static long value(RunResult result, String metric) {
        return (long) ((ValueMetric) result.metric(metric, Labels.NONE).orElseThrow()).value();
    }
}
