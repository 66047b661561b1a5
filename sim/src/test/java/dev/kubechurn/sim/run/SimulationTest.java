package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi.GetHandler;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.ScenarioException;
import io.fabric8.kubernetes.api.model.Secret;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs over real HTTP; the figures are compared with counts that were made elsewhere. */
final class SimulationTest {

    /** Nothing comes and goes, so that every figure can be worked out from the scenario. */
    @Test
    void aSettledRunReportsExactlyWhatWasCounted() throws Exception {
        RunPlan plan = plan(
                "duration=4s",
                "warmup=2s",
                "kubelet.syncFrequency=1s",
                "cluster.nodes=4",
                "cluster.namespaces=2",
                "configMaps.count=12",
                "configMaps.immutable=0%",
                "configMaps.size=200",
                "secrets.count=4",
                "secrets.immutable=0%",
                "pods.perNode=8",
                "pods.churn.rate=0/s",
                "pods.churn.lifetime=10h",
                "updates.rate=20/s");
        Counted counted = run(plan);
        RunResult result = counted.result;
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        assertThat(result.partial()).isFalse();

        assertThat(value(result, "pods")).isEqualTo(32);
        assertSameRequests(counted);
        long entries = value(result, "entries");
        assertThat(value(result, "apiserver.requests", Labels.of("verb", "list")))
                .isEqualTo(entries);
        assertThat(value(result, "apiserver.requests", Labels.of("verb", "watch")))
                .isEqualTo(entries);
        assertThat(value(result, "apiserver.requests", Labels.of("verb", "get")))
                .isZero();
        assertThat(value(result, "apiserver.watches.peak")).isEqualTo(entries).isEqualTo(counted.transport.peakSeen());
        assertThat(value(result, "apiserver.watches.end")).isZero();
        assertThat(value(result, "updates"))
                .isEqualTo(counted.transport.updates())
                .isPositive();
        assertThat(value(result, "apiserver.events"))
                .as("each update reaches some nodes, and none reaches more than all")
                .isBetween(value(result, "updates") / 2, 4 * value(result, "updates"));
    }

    @Test
    void aChurningRunReportsExactlyTheRequestsThatWereSent() throws Exception {
        RunPlan plan = plan(
                "duration=5s",
                "warmup=1s",
                "kubelet.syncFrequency=1s",
                "cluster.nodes=3",
                "pods.perNode=10",
                "pods.churn.rate=30/s",
                "pods.churn.lifetime={exponential: 5s}",
                "updates.rate=20/s");
        Counted counted = run(plan);
        RunResult result = counted.result;
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        assertThat(result.checks()).extracting(CheckResult::name).contains("no-leak", "references", "monotonic");
        assertThat(value(result, "pods")).isEqualTo(30);
        assertThat(value(result, "apiserver.watches.end")).isZero();
        assertThat(value(result, "updates")).isEqualTo(counted.transport.updates());
        assertThat(value(result, "apiserver.requests", Labels.of("verb", "list")))
                .as("lists that the kubelets gave up before they were sent may be missing at the server")
                .isLessThanOrEqualTo(counted.transport.requests("list"))
                .isPositive();
        assertThat(count(result, "registration.latency", Labels.of("from", "call")))
                .isPositive();
        assertThat(count(result, "propagation.latency", Labels.NONE)).isPositive();
        assertThat(count(result, "visible.latency", Labels.NONE)).isPositive();
        assertThat(count(result, "sync.latency", Labels.NONE)).isPositive();
    }

    /** Reads that follow the load, to see whether all converges, are the checks', and the server counts them too. */
    @ParameterizedTest
    @ValueSource(strings = {"Cache", "Get"})
    void whatTheRunAndTheChecksAskIsAllThatTheServerIsAsked(String strategy) throws Exception {
        RunPlan plan = plan(
                "strategy=" + strategy,
                "duration=3s",
                "warmup=1s",
                "kubelet.syncFrequency=1s",
                "kubelet.ttl=1s",
                "cluster.nodes=2",
                "pods.perNode=5",
                "pods.churn.rate=0/s",
                "pods.churn.lifetime=10h",
                "updates.rate=5/s");
        Counted counted = run(plan);
        assertThat(counted.result.checksHeld())
                .as("%s", counted.result.checks())
                .isTrue();
        for (String verb : List.of("list", "watch", "get")) {
            assertThat(value(counted.result, "apiserver.requests", Labels.of("verb", verb))
                            + value(counted.result, "checks.requests", Labels.of("verb", verb)))
                    .as(verb)
                    .isEqualTo(counted.transport.requests(verb));
        }
        long ofChecks = value(counted.result, "checks.requests", Labels.of("verb", "get"));
        assertThat(ofChecks).isPositive();
        assertThat(RunTable.ofChecks(counted.result))
                .isEqualTo(ofChecks + " get more after the load, while the checks are made");
        assertThat(RunReport.html(counted.result)).contains("checks " + ofChecks + " more");
    }

    @Test
    void aStoppedRunSaysThatItIsPartial() throws Exception {
        RunPlan plan = plan("duration=1h", "cluster.nodes=2", "pods.perNode=2", "warmup=1s");
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            simulation.stop("interrupted");
            RunResult result = simulation.run();
            assertThat(result.partial()).isTrue();
            assertThat(result.partialReason()).isEqualTo("interrupted");
            assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        }
    }

    /** The run would last an hour: that it ends at all, and so, is the failure's doing. */
    @Test
    @Timeout(60)
    void aCallbackThatThrowsFailsTheRun() throws Exception {
        RunPlan plan = plan("duration=1h", "cluster.nodes=1", "pods.perNode=1", "warmup=0s");
        Ground ground = Ground.mock(new RandomStreams(plan.seed()), 0);
        try (Simulation simulation = new Simulation(plan, ground, figures -> {})) {
            Call unused = ground.transport().secrets(0).get(new ObjectKey("ns", "absent"), "", new GetHandler<>() {
                @Override
                public void found(Secret object) {
                    throw new AssertionError("there is none");
                }

                @Override
                public void failed(ApiError error) {
                    throw new IllegalArgumentException("a handler's mistake, made on purpose");
                }
            });
            assertThatIllegalStateException()
                    .isThrownBy(simulation::run)
                    .withMessageContaining("callback failed")
                    .withMessageContaining("a handler's mistake, made on purpose");
        }
    }

    @Test
    void kubeBurnersChurnReplacesAShareOfThePodsAgainAndAgain() throws Exception {
        RunPlan plan = plan(
                "duration=4s",
                "warmup=0s",
                "cluster.nodes=2",
                "pods.perNode=10",
                "pods.churn={percent: 50%, cycles: 3, delay: 500ms, deleteDelay: 100ms, mode: objects}",
                "updates.rate=0/s");
        RunResult result = run(plan).result;
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        assertThat(count(result, "registration.latency", Labels.of("from", "call")))
                .as("20 pods at the start and 3 times 10")
                .isEqualTo(20 + 3 * 10);
    }

    /** Check 1: what a run opened is closed after it: threads, sockets and files. */
    @Test
    void aRunLeavesNoThreadAndNoDescriptorBehind() throws Exception {
        RunPlan plan =
                plan("duration=1s", "warmup=0s", "cluster.nodes=2", "pods.perNode=5", "kubelet.syncFrequency=200ms");
        run(plan); // what is loaded once stays: classes, jars, the pools of the JDK
        Set<String> threads = threadsOfRuns();
        long descriptors = openDescriptors();
        for (int i = 0; i < 3; i++) {
            assertThat(run(plan).result.checksHeld()).isTrue();
        }
        Awaitility.await("threads and descriptors of closed runs")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> {
                    assertThat(threadsOfRuns()).isSubsetOf(threads);
                    assertThat(openDescriptors()).isLessThanOrEqualTo(descriptors);
                });
    }

    private static Set<String> threadsOfRuns() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(timer|api|volumes|vert.x)-.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static void assertSameRequests(Counted counted) {
        for (String verb : List.of("list", "watch", "get")) {
            assertThat(value(counted.result, "apiserver.requests", Labels.of("verb", verb)))
                    .as(verb)
                    .isEqualTo(counted.transport.requests(verb));
        }
    }

    private static RunPlan plan(String... settings) throws ScenarioException {
        return Plans.of(ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, Overrides.of(List.of(settings))));
    }

    private static Counted run(RunPlan plan) throws InterruptedException {
        Ground ground = Ground.mock(new RandomStreams(plan.seed()), 0);
        CountingTransport transport = new CountingTransport(ground.transport());
        Ground counted = new Ground(
                ground.passage(),
                ground.instants(),
                transport,
                ground.commitLog(),
                ground.failures(),
                ground.fileWork());
        try (Simulation simulation = new Simulation(plan, counted, figures -> {})) {
            return new Counted(simulation.run(), transport);
        }
    }

    private static long value(RunResult result, String metric) {
        return value(result, metric, Labels.NONE);
    }

    private static long value(RunResult result, String metric, Labels labels) {
        return (long) ((ValueMetric) result.metric(metric, labels).orElseThrow()).value();
    }

    private static long count(RunResult result, String metric, Labels labels) {
        return ((HistogramMetric) result.metric(metric, labels).orElseThrow())
                .histogram()
                .toHistogram()
                .getTotalCount();
    }

    private record Counted(RunResult result, CountingTransport transport) {}
}
