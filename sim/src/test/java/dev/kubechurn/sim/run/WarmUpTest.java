package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.ScenarioException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a warm-up is counted in the run that it precedes, and nothing of it is left. */
@Timeout(180)
final class WarmUpTest {

    private static final List<String> SETTLED = List.of(
            "duration=3s",
            "warmup=0s",
            "cluster.nodes=3",
            "pods.perNode=5",
            "pods.churn.rate=0/s",
            "updates.rate=0/s",
            "kubelet.syncFrequency=1s");

    private static RunPlan plan(String transport, String... more) throws ScenarioException {
        List<String> overrides = new ArrayList<>(SETTLED);
        overrides.add("transport=" + transport);
        overrides.addAll(List.of(more));
        return Plans.of(ReadyMadeScenarios.read("steady-churn", Overrides.of(overrides)));
    }

    private static RunResult run(RunPlan plan) throws InterruptedException {
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            return simulation.run();
        }
    }

    /** One round, whatever it says. */
    private static WarmUp oneRound(RunPlan plan) {
        return new WarmUp(plan, result -> true, Duration.ZERO);
    }

    /** Between the making of a run and its beginning, where it could be counted if anything could. */
    @Test
    void noRequestOfItIsCountedInTheRun() throws Exception {
        RunPlan plan = plan("mock");
        List<RunResult> rounds = new ArrayList<>();
        WarmUp warmUp = new WarmUp(plan, rounds::add, Duration.ZERO);
        RunResult http;
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            assertThat(warmUp.run()).isEqualTo(WarmUp.Outcome.WARM);
            http = simulation.run();
        }
        RunResult virtual = run(plan("virtual"));

        assertThat(rounds).hasSize(1);
        assertThat(value(rounds.get(0), "apiserver.requests", Labels.of("verb", "list")))
                .as("the warm-up did ask")
                .isGreaterThan(100);
        for (String verb : List.of("list", "watch", "get")) { // one that the load's end came before is not counted
            assertThat(value(http, "apiserver.requests", Labels.of("verb", verb)))
                    .as(verb)
                    .isLessThanOrEqualTo(value(virtual, "apiserver.requests", Labels.of("verb", verb)));
        }
        for (String count : List.of("apiserver.watches.end", "references", "entries", "pods", "updates")) {
            assertThat(value(http, count, Labels.NONE)).as(count).isEqualTo(value(virtual, count, Labels.NONE));
        }
        assertThat(histogram(http, "registration.latency", "call"))
                .as("one for each pod of the run")
                .isEqualTo(histogram(virtual, "registration.latency", "call"))
                .isEqualTo(15);
    }

    @Test
    void noRequestOfItReachesTheServerOfTheRun() throws Exception {
        RunPlan plan = plan("mock");
        try (Ground ground = Ground.mock(new RandomStreams(1), 0)) {
            ServerLoad before = ground.transport().load();
            oneRound(plan).run();
            assertThat(ground.transport().load()).isEqualTo(before);
            assertThat(before.allRequests() + before.events() + before.bytes() + before.watchesPeak())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Watch", "Cache", "Get"})
    void goesTheWayOfEachStrategyAndLeavesNoThread(String strategy) throws Exception {
        assertThat(oneRound(plan("mock", "strategy=" + strategy)).run()).isEqualTo(WarmUp.Outcome.WARM);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("kubechurn") || name.startsWith("vert.x")));
    }

    @Test
    void writesVolumesWhereTheRunDoes() throws Exception {
        List<RunResult> rounds = new ArrayList<>();
        new WarmUp(plan("mock", "volumes.write=true"), rounds::add, Duration.ZERO).run();
        assertThat(value(rounds.get(0), "volumes.written", Labels.NONE)).isPositive();
    }

    @Test
    void endsAtItsLimitOnAMachineThatIsTooSlow() throws Exception {
        assertThat(new WarmUp(plan("mock"), result -> false, Duration.ZERO).run())
                .isEqualTo(WarmUp.Outcome.SLOW);
    }

    @Test
    void goesOnUntilItIsWarm() throws Exception {
        List<RunResult> rounds = new ArrayList<>();
        WarmUp warmUp = new WarmUp(
                plan("mock"),
                result -> {
                    rounds.add(result);
                    return rounds.size() == 2;
                },
                Duration.ofHours(1));
        assertThat(warmUp.run()).isEqualTo(WarmUp.Outcome.WARM);
        assertThat(rounds).hasSize(2);
    }

    @Test
    void canBeStoppedBeforeItBeginsAndBetweenItsRounds() throws Exception {
        WarmUp stoppedBefore = oneRound(plan("mock"));
        stoppedBefore.stop();
        assertThat(stoppedBefore.run()).isEqualTo(WarmUp.Outcome.STOPPED);

        WarmUp endless = new WarmUp(plan("mock"), result -> false, Duration.ofHours(1));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<WarmUp.Outcome> outcome = other.submit(endless::run);
            endless.stop();
            assertThat(outcome.get()).isEqualTo(WarmUp.Outcome.STOPPED);
        } finally {
            other.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "1, 0, false", "0, 1, false"})
    void aRoundIsWarmIfNoKubeletWaitedInVain(long mounts, long starts, boolean warm) {
        RunResult round = RunResult.builder(RunResult.RUN, "warm-up")
                .title("")
                .started(Instant.EPOCH)
                .duration(Duration.ofSeconds(1))
                .value(MetricDescriptor.of("mount.failed", Unit.COUNT), mounts)
                .value(MetricDescriptor.of("resolve.failed", Unit.COUNT), starts)
                .build();
        assertThat(WarmUp.keptUp(round)).isEqualTo(warm);
    }

    private static double value(RunResult result, String metric, Labels labels) {
        return ((ValueMetric) result.metric(metric, labels).orElseThrow()).value();
    }

    private static long histogram(RunResult result, String metric, String from) {
        return ((HistogramMetric) result.metric(metric, Labels.of("from", from)).orElseThrow())
                .histogram()
                .count();
    }
}
