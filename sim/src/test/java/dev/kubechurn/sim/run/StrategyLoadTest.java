package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.ScenarioException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The same load under each strategy in virtual time: what the server is asked is what the theory says, exactly. */
final class StrategyLoadTest {

    private static final Duration DURATION = Duration.ofMinutes(5);
    private static final Duration TTL = Duration.ofSeconds(60);

    /** S1, S4: one list and one watch for each object and kubelet, however often it is read. */
    @Test
    void watchAsksOncePerObjectAndKubelet() throws Exception {
        RunResult result = run(plan("Watch"));
        long entries = value(result, "entries");
        assertThat(entries).isPositive();
        assertThat(requests(result, "list")).isEqualTo(entries);
        assertThat(requests(result, "watch")).isEqualTo(entries);
        assertThat(requests(result, "get")).isZero();
        assertThat(staleReads(result)).as("an update arrives in no time").isZero();
    }

    /** S40: every lookup is a request. */
    @Test
    void getAsksOncePerLookup() throws Exception {
        RunResult result = run(plan("Get"));
        assertThat(requests(result, "get")).isEqualTo(lookups(result)).isPositive();
        assertThat(requests(result, "list")).isZero();
        assertThat(requests(result, "watch")).isZero();
        assertThat(staleReads(result)).isZero();
    }

    /** S20 to S22: once all pods are registered, at most one request per TTL, object and kubelet; here there is one kubelet. */
    @Test
    void cacheAsksAtMostOncePerTtl() throws Exception {
        RunPlan plan = plan("Cache", "cluster.nodes=1");
        Ground ground = Ground.virtual(new RandomStreams(plan.seed()));
        Asked asked = new Asked(ground.passage().scheduler());
        RunResult result =
                run(plan, ground, new CountingTransport(ground.transport(), (verb, object) -> asked.add(object)));
        assertThat(requests(result, "get")).isEqualTo(asked.count()).isPositive();
        assertThat(requests(result, "list")).isZero();
        assertThat(requests(result, "watch")).isZero();
        assertThat(lookups(result)).isGreaterThan(5 * asked.count());
        asked.times.forEach((object, times) -> {
            List<Long> later = times.stream().filter(time -> time > 0).toList();
            for (int i = 1; i < later.size(); i++) {
                assertThat(later.get(i) - later.get(i - 1))
                        .as("%s, requests at %s", object, times)
                        .isGreaterThanOrEqualTo(TTL.toNanos());
            }
        });
        assertThat(staleReads(result)).as("a value may be as old as the TTL").isPositive();
        assertThat(staleness(result).getMaxValue()).isLessThan(TTL.toNanos());
    }

    /** S3, S7: what is immutable when it is first read costs one list and one watch, which ends with that read. */
    @Test
    void immutableObjectsAreListedAndWatchedOnce() throws Exception {
        RunResult result =
                run(plan("Watch", "configMaps.immutable=100%", "secrets.immutable=100%", "updates.rate=0/s"));
        long entries = value(result, "entries");
        long rootCas = 2 * 3; // of two namespaces on three nodes; they are not immutable
        assertThat(requests(result, "list")).isEqualTo(entries);
        assertThat(requests(result, "watch")).isEqualTo(entries);
        assertThat(((ValueMetric) result.metric("apiserver.watches.loadEnd", Labels.of("replica", "0"))
                                .orElseThrow())
                        .value())
                .as("still open at the end")
                .isEqualTo((double) rootCas);
    }

    /** Without updates a run has nothing to wait for at its end: the same reads, and Cache spares most requests. */
    @Test
    void theSameLoadIsReadWhateverTheStrategy() throws Exception {
        RunResult cache = run(plan("Cache", "updates.rate=0/s"));
        RunResult get = run(plan("Get", "updates.rate=0/s"));
        RunResult watch = run(plan("Watch", "updates.rate=0/s"));
        assertThat(lookups(cache)).isEqualTo(lookups(get)).isEqualTo(lookups(watch));
        assertThat(requests(cache, "get")).isLessThan(requests(get, "get") / 3);
    }

    /** A cluster of so few nodes has TTL 0 by its size (S30): Cache asks as often as Get. */
    @Test
    void cacheEqualsGetWhereTheTtlIsZero() throws Exception {
        RunResult cache = run(plan("Cache", "kubelet.ttl=auto"));
        assertThat(requests(cache, "get")).isEqualTo(lookups(cache));
    }

    private static RunPlan plan(String strategy, String... more) throws ScenarioException {
        List<String> settings = new ArrayList<>(List.of(
                "transport=virtual",
                "strategy=" + strategy,
                "duration=" + DURATION.toSeconds() + "s",
                "warmup=0s",
                "kubelet.syncFrequency=10s",
                "kubelet.ttl=" + TTL.toSeconds() + "s",
                "kubelet.starts=together",
                "cluster.nodes=3",
                "cluster.namespaces=2",
                "pods.perNode=10",
                "pods.churn.rate=0/s",
                "pods.churn.lifetime=10h",
                "configMaps.immutable=0%",
                "secrets.immutable=0%",
                "updates.rate=2/s",
                "updates.secrets=20%"));
        settings.addAll(List.of(more));
        return Plans.of(ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, Overrides.of(settings)));
    }

    private static RunResult run(RunPlan plan) throws InterruptedException {
        Ground ground = Ground.virtual(new RandomStreams(plan.seed()));
        return run(plan, ground, ground.transport());
    }

    private static RunResult run(RunPlan plan, Ground ground, Transport transport) throws InterruptedException {
        Ground changed = new Ground(
                ground.passage(),
                ground.instants(),
                transport,
                ground.commitLog(),
                ground.failures(),
                ground.fileWork());
        try (Simulation simulation = new Simulation(plan, changed, figures -> {})) {
            RunResult result = simulation.run();
            assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
            return result;
        }
    }

    private static long requests(RunResult result, String verb) {
        return (long) ((ValueMetric) result.metric("apiserver.requests", Labels.of("verb", verb))
                        .orElseThrow())
                .value();
    }

    private static long value(RunResult result, String metric) {
        return (long) ((ValueMetric) result.metric(metric, Labels.NONE).orElseThrow()).value();
    }

    private static long lookups(RunResult result) {
        return histogram(result, "lookup.latency", Labels.of("from", "call")).getTotalCount();
    }

    private static Histogram staleness(RunResult result) {
        return histogram(result, "staleness", Labels.NONE);
    }

    private static long staleReads(RunResult result) {
        return staleness(result).getTotalCount() - staleness(result).getCountAtValue(0);
    }

    private static Histogram histogram(RunResult result, String metric, Labels labels) {
        return ((HistogramMetric) result.metric(metric, labels).orElseThrow())
                .histogram()
                .toHistogram();
    }

    /** When each object was asked for; with Cache by gets only. */
    private static final class Asked {

        private final SortedMap<ObjectId, List<Long>> times = new TreeMap<>();
        private final Scheduler scheduler;

        Asked(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        void add(ObjectId object) {
            times.computeIfAbsent(object, any -> new ArrayList<>()).add(scheduler.nanos());
        }

        /** Those of the load; the quiet after it is not counted. */
        long count() {
            return times.values().stream()
                    .flatMap(List::stream)
                    .filter(time -> time < DURATION.toNanos())
                    .count();
        }
    }
}
