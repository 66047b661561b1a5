package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.render.SummaryLine;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Whole runs under the model of the API server, with waits worked out by hand: lists take 20 ms, gets 10 ms. */
final class ModelRunTest {

    /** All kubelets start at once and list all that their pods mount: the n-th list is answered after n times 20 ms. */
    @Test
    void oneListAtATimeMakesEachWaitForAllBeforeIt() throws Exception {
        RunResult result = run("apiServer.maxInFlight=1");
        long entries = value(result, "entries");
        assertThat(entries).isBetween(10L, 12L);
        assertMillis(
                histogram(result, "sync.latency"),
                LongStream.rangeClosed(1, entries).map(n -> 20 * n));
        assertThat(value(result, "apiserver.inflight.peak")).isOne();
        assertThat(value(result, "apiserver.queue.peak")).isEqualTo(entries - 1);
        assertThat(value(result, "apiserver.rejected")).isZero();
        assertThat(ModelLines.of(result)).extracting(SummaryLine::key).containsExactly("memory", "in flight");
    }

    /** R17: of those that find the place and the queue of 4 taken the next 5 are answered a second later, and so on. */
    @Test
    void aFullQueueSendsTheRestAwayForASecond() throws Exception {
        RunResult result = run("apiServer.maxInFlight=1", "apiServer.queue=4");
        long entries = value(result, "entries");
        assertThat(entries).isBetween(11L, 15L);
        assertThat(value(result, "apiserver.rejected")).isEqualTo(entries - 5 + entries - 10);
        assertThat(value(result, "kubelet.retries")).isEqualTo(value(result, "apiserver.rejected"));
        assertThat(value(result, "apiserver.requests", Labels.of("verb", "list")))
                .as("each try reaches the server")
                .isEqualTo(entries + value(result, "apiserver.rejected"));
        assertThat(value(result, "apiserver.watches.peak")).isEqualTo(entries);
        assertThat(value(result, "reflector.relists"))
                .as("the reflector sees none of it")
                .isZero();
    }

    /** One token each 50 ms: the n-th list of a kubelet is sent after (n - 1) times 50 ms. */
    @Test
    void theKubeletsOwnLimitSpreadsItsLists() throws Exception {
        RunResult result = run("cluster.nodes=1", "pods.references.volumes=6", "kubelet.qps=20", "kubelet.burst=1");
        long entries = value(result, "entries");
        assertThat(entries).isBetween(5L, 6L);
        assertMillis(
                histogram(result, "sync.latency"), LongStream.range(0, entries).map(n -> 20 + 50 * n));
        assertMillis(
                histogram(result, "kubelet.throttled"),
                LongStream.range(1, entries).map(n -> 50 * n));
    }

    /** kubernetes#74412 in small: three watches hold the three streams, and the node status never gets one. */
    @Test
    void watchesStarveTheNodeStatusAndTheRunSaysSo() throws Exception {
        RunResult result = run(
                "duration=2m",
                "cluster.nodes=1",
                "pods.references.volumes=6",
                "apiServer.streamsPerConnection=3",
                "kubelet.nodeStatusFrequency=10s");
        assertThat(value(result, "connection.streams.peak")).isEqualTo(3);
        assertThat(value(result, "connection.streams.waiting")).isPositive();
        assertThat(value(result, "apiserver.watches.peak")).isEqualTo(3);
        assertThat(value(result, "nodestatus.missed")).isBetween(10L, 12L);
        assertThat(result.checks())
                .filteredOn(check -> check.outcome() == CheckResult.Outcome.NOT_CHECKED)
                .extracting(CheckResult::name)
                .containsExactly("convergence", "truth");
        assertThat(result.checksHeld()).isTrue();
        assertThat(ModelLines.of(result)).extracting(SummaryLine::key).contains("streams", "node status");
    }

    /** A kubelet's is due at a moment of its own, and then ten seconds after each answer. */
    @Test
    void everyKubeletSendsItsNodeStatus() throws Exception {
        RunResult result = run("duration=1m", "kubelet.nodeStatusFrequency=10s");
        Histogram latency = histogram(result, "nodestatus.latency");
        assertThat(latency.getTotalCount()).as("six of each of four").isEqualTo(4 * 6);
        assertMillis(latency, LongStream.generate(() -> 10).limit(4 * 6));
        assertThat(value(result, "nodestatus.missed")).isZero();
        assertThat(value(result, "apiserver.requests", Labels.of("verb", "get")))
                .as("they are counted apart")
                .isZero();
    }

    /** Which replica a node's connection goes to is the node's own draw, whatever the other nodes do. */
    @Test
    void watchesAreCountedForEachReplica() throws Exception {
        RunResult few = run("apiServer.replicas=3");
        RunResult more = run("apiServer.replicas=3", "cluster.nodes=20");
        assertThat(perReplica(few).sum()).isEqualTo(value(few, "apiserver.watches.peak"));
        assertThat(perReplica(more).sum()).isEqualTo(value(more, "apiserver.watches.peak"));
        assertThat(perReplica(more).min().orElseThrow()).as("each has some").isPositive();
        for (int i = 0; i < 3; i++) {
            assertThat(value(more, "apiserver.watches.peak", replica(i)))
                    .isGreaterThanOrEqualTo(value(few, "apiserver.watches.peak", replica(i)));
        }
        assertThat(ModelLines.of(more)).extracting(SummaryLine::key).contains("replicas");
    }

    /** R6: from 1.31 on a watch lasts half an hour at least. */
    @Test
    void theTimeLimitOfWatchesFollowsTheVersion() throws Exception {
        String[] elevenMinutes = {"duration=11m", "kubelet.syncFrequency=1m", "kubernetesVersion=1.30"};
        RunResult before = run(elevenMinutes);
        assertThat(value(before, "reflector.reconnects"))
                .isBetween(value(before, "entries"), 2 * value(before, "entries"));
        elevenMinutes[2] = "kubernetesVersion=1.31";
        assertThat(value(run(elevenMinutes), "reflector.reconnects")).isZero();
    }

    private static RunResult run(String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "transport=virtual",
                "duration=30s",
                "warmup=0s",
                "kubelet.starts=together",
                "kubelet.nodeStatusFrequency=0s",
                "cluster.nodes=4",
                "cluster.namespaces=1",
                "configMaps.count=1000",
                "secrets.count=0",
                "pods.perNode=1",
                "pods.references={env: 0, envFrom: 0, volumes: 3, secrets: 0%, popularity: uniform, kubeRootCA: false}",
                "pods.churn={rate: 0/s, lifetime: 10h}",
                "updates={rate: 0/s, secrets: 0%}",
                "apiServer.latency={get: 10ms, list: 20ms, watch: 1ms, event: 1ms}"));
        all.addAll(List.of(settings));
        RunPlan plan = Plans.of(ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, Overrides.of(all)));
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            RunResult result = simulation.run();
            assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
            return result;
        }
    }

    /** Every value of a histogram, to its resolution of a thousandth. */
    private static void assertMillis(Histogram nanos, LongStream millis) {
        List<Long> found = new ArrayList<>();
        nanos.recordedValues().forEach(value -> {
            for (long i = 0; i < value.getCountAtValueIteratedTo(); i++) {
                found.add(Math.round(value.getValueIteratedTo() / 1e6));
            }
        });
        assertThat(found).containsExactlyElementsOf(millis.boxed().toList());
    }

    private static LongStream perReplica(RunResult result) {
        return LongStream.range(0, 3).map(i -> value(result, "apiserver.watches.peak", replica((int) i)));
    }

    private static Labels replica(int index) {
        return Labels.of("replica", Integer.toString(index));
    }

    private static long value(RunResult result, String metric) {
        return value(result, metric, Labels.NONE);
    }

    private static long value(RunResult result, String metric, Labels labels) {
        return (long) ((ValueMetric) result.metric(metric, labels).orElseThrow()).value();
    }

    private static Histogram histogram(RunResult result, String metric) {
        return ((HistogramMetric) result.metric(metric).orElseThrow())
                .histogram()
                .toHistogram();
    }
}
