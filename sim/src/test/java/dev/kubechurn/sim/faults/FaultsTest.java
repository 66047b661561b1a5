package dev.kubechurn.sim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.engine.VirtualTime;
import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.scenario.Fault.Replicas;
import dev.kubechurn.sim.scenario.Fault.Requests;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.ScenarioException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When faults strike, whom, and when they are over. */
final class FaultsTest {

    private static final int NODES = 10;
    private static final int DRAWS = 10_000;

    private final VirtualTime time = new VirtualTime();
    private final Recorder domain = new Recorder();

    @Test
    void strikesOnceOrAgainAndAgain() throws ScenarioException {
        Faults faults = start("{at: 5s, compact: {watches: 0%}}, {every: 3s, dropWatches: {fraction: 100%}}");
        time.advance(Duration.ofSeconds(10));
        assertThat(domain.log).containsExactly("3 drop 100%", "5 compact 0%", "6 drop 100%", "9 drop 100%");
        assertThat(faults.struck()).containsExactly(Map.entry("dropWatches", 3), Map.entry("compact", 1));
    }

    @Test
    void whatLastsIsOverAfterItsTime() throws ScenarioException {
        start("{at: 1s, error: {verb: list, status: 503, retryAfter: 7s, for: 4s}}, {at: 2s, staleReads: {for: 1s}}");
        time.advance(Duration.ofSeconds(10));
        assertThat(domain.log)
                .containsExactly("1 fail LIST 503 PT7S", "2 stale", "3 stale over", "5 fail LIST 503 PT7S over");
    }

    @Test
    void atTheEndAllIsOverAndNothingIsLeft() throws ScenarioException {
        Faults faults = start("{every: 2s, partition: {nodes: 50%, for: 5s}}, {every: 2s, dropWatches: {}}");
        time.advance(Duration.ofSeconds(5));
        faults.end();
        faults.end();
        List<String> then = List.copyOf(domain.log);
        assertThat(then).filteredOn(line -> line.endsWith("over")).hasSize(2);
        assertThat(time.pendingTimers()).isZero();
        time.advance(Duration.ofSeconds(100));
        assertThat(domain.log).isEqualTo(then);
    }

    /** The share is exact where it can be, and one node at least; who they are is drawn anew each time. */
    @Test
    void sharesOfNodesAreExact() throws ScenarioException {
        start("{every: 1s, restartKubelets: {nodes: 30%}}, {every: 1s, loseNodes: {nodes: 1%}},"
                + " {every: 1s, jumpClocks: {nodes: 0%, by: 1m}}, {every: 1s, slowWatchers: {by: 1s, for: 10s}}");
        time.advance(Duration.ofMillis(20_500));
        assertThat(domain.nodes("restart")).hasSize(20).allMatch(nodes -> nodes.size() == 3);
        assertThat(domain.nodes("restart").stream().distinct().count()).isGreaterThan(10);
        assertThat(domain.nodes("lose")).hasSize(20).allMatch(nodes -> nodes.size() == 1);
        assertThat(domain.nodes("jump")).hasSize(20).allMatch(List::isEmpty);
        assertThat(domain.nodes("slow")).hasSize(20).allMatch(nodes -> nodes.size() == NODES);
    }

    /** One more fault changes nobody else's draws, and one seed makes one schedule. */
    @Test
    void eachFaultDrawsForItself() throws ScenarioException {
        String one = "{every: 1s, restartKubelets: {nodes: 30%}}";
        start(one);
        time.advance(Duration.ofSeconds(20));
        List<List<Integer>> alone = domain.nodes("restart");
        FaultsTest other = new FaultsTest();
        other.start(one + ", {every: 700ms, dropWatches: {fraction: 10%}}, {every: 900ms, loseNodes: {nodes: 20%}}");
        other.time.advance(Duration.ofSeconds(20));
        assertThat(other.domain.nodes("restart")).isEqualTo(alone);
    }

    private Faults start(String faults) throws ScenarioException {
        Overrides overrides = Overrides.of(List.of("duration=1h", "faults=[" + faults + "]"));
        List<Fault> all = ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, overrides)
                .spec()
                .faults();
        Faults started = new Faults(all, domain, time, new RandomStreams(1));
        started.start();
        return started;
    }

    /** Writes down what is done to it. */
    private final class Recorder implements FaultDomain {

        private final List<String> log = new ArrayList<>();
        private final List<Map.Entry<String, List<Integer>>> struck = new ArrayList<>();

        List<List<Integer>> nodes(String what) {
            return struck.stream()
                    .filter(entry -> entry.getKey().equals(what))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        private void strike(String what, IntPredicate nodes) {
            struck.add(Map.entry(
                    what, IntStream.range(0, NODES).filter(nodes).boxed().toList()));
        }

        private void log(String what) {
            log.add(TimeUnit.NANOSECONDS.toSeconds(time.nanos()) + " " + what);
        }

        private Runnable begin(String what) {
            log(what);
            return () -> log(what + " over");
        }

        private static String share(BooleanSupplier drawn) {
            return 100
                            * IntStream.range(0, DRAWS)
                                    .filter(i -> drawn.getAsBoolean())
                                    .count()
                            / DRAWS + "%";
        }

        @Override
        public int nodes() {
            return NODES;
        }

        @Override
        public void dropWatches(BooleanSupplier drawn) {
            log("drop " + share(drawn));
        }

        @Override
        public void compact(BooleanSupplier drawn) {
            log("compact " + share(drawn));
        }

        @Override
        public Runnable failRequests(Requests verb, int status, Duration retryAfter, BooleanSupplier drawn) {
            return begin("fail " + verb + " " + status + " " + retryAfter);
        }

        @Override
        public Runnable delayRequests(Requests verb, Duration by, BooleanSupplier drawn) {
            return begin("delay " + verb + " " + by);
        }

        @Override
        public Runnable partition(IntPredicate nodes) {
            return begin("partition");
        }

        @Override
        public Runnable restartServer(Replicas replicas, SplittableRandom random) {
            return begin("restart " + replicas);
        }

        @Override
        public Runnable slowWatchers(IntPredicate nodes, Duration by) {
            strike("slow", nodes);
            return begin("slow " + by);
        }

        @Override
        public Runnable staleReads() {
            return begin("stale");
        }

        @Override
        public void jumpClocks(IntPredicate nodes, Duration by) {
            strike("jump", nodes);
        }

        @Override
        public void restartKubelets(IntPredicate nodes) {
            strike("restart", nodes);
        }

        @Override
        public void loseNodes(IntPredicate nodes) {
            strike("lose", nodes);
        }
    }
}
