package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs in which things go wrong, and in which all checks hold nonetheless. */
final class FaultyRunTest {

    private static final String ALL = "faults=[{every: 10s, dropWatches: {fraction: 50%}},"
            + "{every: 13s, compact: {watches: 30%}},"
            + "{every: 17s, error: {status: 500, fraction: 30%, for: 5s}},"
            + "{every: 19s, error: {verb: get, status: 429, fraction: 30%, retryAfter: 2s, for: 5s}},"
            + "{every: 23s, delay: {verb: list, by: 3s, for: 5s}},"
            + "{every: 29s, partition: {nodes: 30%, for: 5s}},"
            + "{every: 31s, restartServer: {replicas: one, for: 5s}},"
            + "{every: 71s, restartServer: {for: 5s}},"
            + "{every: 37s, slowWatchers: {nodes: 30%, by: 10s, for: 15s}},"
            + "{every: 41s, staleReads: {for: 10s}},"
            + "{every: 43s, jumpClocks: {nodes: 30%, by: 10m}},"
            + "{every: 25s, restartKubelets: {nodes: 20%}},"
            + "{at: 70s, loseNodes: {nodes: 10%}}]";

    @ParameterizedTest
    @ValueSource(strings = {"Watch", "Cache", "Get"})
    void allThatCanGoWrongBreaksNoCheck(String strategy) throws Exception {
        RunResult result =
                run("strategy=" + strategy, "duration=100s", "apiServer.replicas=3", "updates.rate=5/s", ALL);
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        for (String fault : List.of("dropWatches", "error", "restartServer", "staleReads", "restartKubelets")) {
            assertThat(value(result, "faults.struck", Labels.of("fault", fault)))
                    .as(fault)
                    .isPositive();
        }
        assertThat(run("strategy=" + strategy, "duration=100s", "apiServer.replicas=3", "updates.rate=5/s", ALL)
                        .digest())
                .isEqualTo(result.digest());
    }

    /** Objects go, immutable ones too, and come again: the pods that need them fail and try again. */
    @ParameterizedTest
    @CsvSource({"Watch, virtual", "Cache, virtual", "Get, virtual", "Watch, mock"})
    void objectsThatGoAndComeAgainBreakNoCheck(String strategy, String transport) throws Exception {
        boolean virtual = transport.equals("virtual");
        RunResult result = run(
                "transport=" + transport,
                "strategy=" + strategy,
                virtual ? "duration=5m" : "duration=6s",
                "kubelet.syncFrequency=1s",
                "configMaps.immutable=30%",
                virtual ? "updates.rate=2/s" : "updates.rate=20/s",
                "updates.deletions=50%",
                virtual ? "updates.absence=20s" : "updates.absence=500ms");
        assertThat(result.checks())
                .as("%s", result.checks())
                .allMatch(check -> check.outcome() == CheckResult.Outcome.HELD);
        assertThat(value(result, "deletions")).isBetween(20L, virtual ? 400L : 100L);
        assertThat(value(result, "mount.failed")).isPositive();
    }

    /** A lost node takes its pods along; nobody starts them anew. */
    @Test
    void aLostNodeIsGoneForGood() throws Exception {
        assertThat(value(run("duration=1m"), "pods")).isEqualTo(100);
        assertThat(value(run("duration=1m", "faults=[{at: 30s, loseNodes: {nodes: 30%}}]"), "pods"))
                .isEqualTo(70);
    }

    /** A kubelet that has restarted lists all that its pods name anew, and resolves no environment again. */
    @Test
    void aRestartedKubeletReadsEverythingAnewButStartsNothing() throws Exception {
        String[] still = {"duration=1m", "pods.churn={rate: 0/s, lifetime: 10h}", "updates={rate: 0/s}"};
        RunResult before = run(still);
        RunResult after = run(still[0], still[1], still[2], "faults=[{at: 30s, restartKubelets: {}}]");
        Labels list = Labels.of("verb", "list");
        // Not what only environments name: a running container is not made again, and idle entries are not read.
        assertThat(value(after, "apiserver.requests", list))
                .isEqualTo(value(before, "apiserver.requests", list) + value(before, "entries"));
        assertThat(after.metric("resolve.latency", Labels.of("from", "call")).orElseThrow())
                .isEqualTo(before.metric("resolve.latency", Labels.of("from", "call"))
                        .orElseThrow());
        assertThat(value(after, "apiserver.watches.end")).isZero();
    }

    /** The second restart comes before the first one's lists are answered: what has been started stays started. */
    @Test
    void twoRestartsInARowStartNothingEither() throws Exception {
        String[] still = {
            "duration=1m", "pods.churn={rate: 0/s, lifetime: 10h}", "updates={rate: 0/s}", "apiServer.latency.list=1s"
        };
        RunResult before = run(still[0], still[1], still[2], still[3]);
        RunResult after = run(
                still[0],
                still[1],
                still[2],
                still[3],
                "faults=[{at: 30s, restartKubelets: {}}, {at: 30500ms, restartKubelets: {}}]");
        assertThat(after.metric("resolve.latency", Labels.of("from", "call")).orElseThrow())
                .isEqualTo(before.metric("resolve.latency", Labels.of("from", "call"))
                        .orElseThrow());
        assertThat(after.checksHeld()).as("%s", after.checks()).isTrue();
    }

    /** A node that cannot reach its server misses its node status, and one that is gone sends none. */
    @Test
    void anOutageCostsNodeStatuses() throws Exception {
        String status = "kubelet.nodeStatusFrequency=10s";
        assertThat(value(run(status, "duration=2m"), "nodestatus.missed")).isZero();
        assertThat(value(
                        run(status, "duration=2m", "faults=[{at: 30s, partition: {nodes: 50%, for: 1m}}]"),
                        "nodestatus.missed"))
                .isBetween(5L * 5, 5L * 7);
        assertThat(value(
                        run(status, "duration=2m", "faults=[{at: 30s, restartServer: {for: 1m}}]"),
                        "nodestatus.missed"))
                .isBetween(10L * 5, 10L * 7);
    }

    /** With the cache's time jumped over, every value is fetched anew at its next read. */
    @Test
    void aClockThatJumpsMakesCachedValuesOld() throws Exception {
        String[] cache = {"strategy=Cache", "kubelet.ttl=1h", "duration=2m", "kubelet.syncFrequency=10s"};
        RunResult before = run(cache[0], cache[1], cache[2], cache[3]);
        RunResult after = run(cache[0], cache[1], cache[2], cache[3], "faults=[{at: 1m, jumpClocks: {by: 2h}}]");
        Labels get = Labels.of("verb", "get");
        assertThat(value(after, "apiserver.requests", get))
                .isGreaterThan(value(before, "apiserver.requests", get) + value(before, "entries") / 3);
        assertThat(after.checksHeld()).as("%s", after.checks()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            partition: {for: 5s}                   | partition
            slowWatchers: {by: 1s, for: 5s}        | slowWatchers
            """)
    void overHttpWhatCannotBeDoneIsRefused(String fault, String name) {
        assertThatThrownBy(() -> Plans.of(ReadyMadeScenarios.read(
                        ReadyMadeScenarios.DEFAULT,
                        Overrides.of(List.of("faults=[{at: 1s, " + fault + "}]", "transport=mock")))))
                .isInstanceOf(UnsupportedScenarioException.class)
                .hasMessage("\"faults\": " + name + " needs virtual time; use transport: virtual, or omit it");
    }

    @Test
    void overHttpWatchesAndHistoryAndKubeletsBreak() throws Exception {
        RunResult result = run(
                "transport=mock",
                "duration=6s",
                "warmup=1s",
                "kubelet.syncFrequency=1s",
                "faults=[{every: 900ms, dropWatches: {fraction: 30%}}, {every: 1100ms, compact: {watches: 30%}},"
                        + " {every: 1300ms, restartKubelets: {nodes: 30%}}, {at: 3s, jumpClocks: {by: 1m}},"
                        + " {at: 4s, loseNodes: {nodes: 10%}}]");
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        assertThat(value(result, "faults.struck", Labels.of("fault", "dropWatches")))
                .isPositive();
        assertThat(value(result, "reflector.reconnects")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Watch", "Cache"})
    void overHttpTheServerFailsLagsAndRestarts(String strategy) throws Exception {
        RunResult result = run(
                "transport=mock",
                "strategy=" + strategy,
                "duration=8s",
                "warmup=1s",
                "kubelet.syncFrequency=1s",
                "updates.rate=5/s",
                "faults=[{at: 500ms, error: {status: 503, fraction: 30%, for: 1s}},"
                        + " {at: 1s, error: {verb: get, status: 429, retryAfter: 1s, for: 500ms}},"
                        + " {at: 1s, delay: {by: 200ms, fraction: 50%, for: 6s}},"
                        + " {at: 2s, staleReads: {for: 2s}}, {at: 3s, restartKubelets: {nodes: 30%}},"
                        + " {at: 4s, restartServer: {replicas: one, for: 500ms}},"
                        + " {at: 6s, staleReads: {for: 1h}}, {at: 6s, delay: {verb: watch, by: 100ms, for: 1h}}]");
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        for (String fault : List.of("error", "delay", "staleReads", "restartServer")) {
            assertThat(value(result, "faults.struck", Labels.of("fault", fault)))
                    .as(fault)
                    .isPositive();
        }
    }

    /** A server that is away when the load ends is up again for the last checks. */
    @Test
    void overHttpAnOutageEndsWithTheLoad() throws Exception {
        RunResult result = run(
                "transport=mock",
                "duration=3s",
                "warmup=1s",
                "kubelet.syncFrequency=1s",
                "faults=[{at: 2s, restartServer: {for: 1h}}]");
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        assertThat(value(result, "faults.struck", Labels.of("fault", "restartServer")))
                .isEqualTo(1);
    }

    private static RunResult run(String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "transport=virtual",
                "warmup=5s",
                "kubelet.syncFrequency=20s",
                "cluster={nodes: 10, namespaces: 2}",
                "configMaps.count=60",
                "secrets.count=20",
                "pods.perNode=10",
                "pods.churn={rate: 1/s, lifetime: 10h}"));
        all.addAll(List.of(settings));
        RunPlan plan = Plans.of(ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, Overrides.of(all)));
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            return simulation.run();
        }
    }

    private static long value(RunResult result, String metric) {
        return value(result, metric, Labels.NONE);
    }

    private static long value(RunResult result, String metric, Labels labels) {
        return (long) ((ValueMetric) result.metric(metric, labels).orElseThrow()).value();
    }
}
