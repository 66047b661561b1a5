package dev.kubechurn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.scenario.ScenarioSpec.EnvNames;
import dev.kubechurn.sim.scenario.ScenarioSpec.Starts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is dumped reads back to the same scenario, and so do its parameters as options. */
class ScenarioDumpProperties {

    private static final int RUNS = 500;

    @Test
    void dumpReadsBack() throws ScenarioException {
        long base = Long.getLong("kubechurn.seed", 1);
        for (long seed = base; seed < base + RUNS; seed++) {
            Scenario scenario = new Generator(new SplittableRandom(seed)).scenario();
            String yaml = scenario.toYaml();
            assertThat(ScenarioReader.read("dump", yaml, Overrides.none()))
                    .as("seed %d%n%s", seed, yaml)
                    .isEqualTo(scenario);
        }
    }

    @Test
    void parametersAreOptionsThatMakeTheSameSpec() throws ScenarioException {
        long base = Long.getLong("kubechurn.seed", 1);
        String bare = "{apiVersion: kubechurn.dev/v1, kind: Scenario, metadata: {name: bare}}";
        for (long seed = base; seed < base + RUNS / 5; seed++) {
            Scenario scenario = new Generator(new SplittableRandom(seed)).scenario();
            List<String> settings = new ArrayList<>();
            scenario.parameters().forEach((path, text) -> settings.add(path + "=" + text));
            assertThat(ScenarioReader.read("bare", bare, Overrides.of(settings)).spec())
                    .as("seed %d%n%s", seed, settings)
                    .isEqualTo(scenario.spec());
        }
    }

    /** Java writes small numbers with an exponent, and so may people. */
    @Test
    void smallNumbersReadBack() throws ScenarioException {
        String small = "{apiVersion: kubechurn.dev/v1, kind: Scenario, metadata: {name: s},"
                + " spec: {updates: {popularity: {zipf: 9.0E-4}}}}";
        Scenario scenario = ScenarioReader.read("s", small, Overrides.none());
        assertThat(scenario.spec().updates().popularity()).isEqualTo(new Popularity.Zipf(0.0009));
        assertThat(ScenarioReader.read("dump", scenario.toYaml(), Overrides.none()))
                .isEqualTo(scenario);
    }

    private record Generator(SplittableRandom random) {

        Scenario scenario() {
            String name = "n" + Long.toString(random.nextLong() >>> 1, 36);
            String[] descriptions = {
                "", "one line", "a: b # c", "'quoted' \"twice\"", "- ä 😀", "null", "1.5", "x".repeat(300)
            };
            return new Scenario(new Scenario.Metadata(name, pick(descriptions)), spec());
        }

        private ScenarioSpec spec() {
            Duration duration = Duration.ofNanos(random.nextLong(1_000_000, 2_592_000_000_000_000L));
            return new ScenarioSpec(
                    random.nextLong(),
                    duration,
                    Duration.ofNanos(random.nextLong(duration.toNanos())),
                    pick(Transport.values()),
                    pick(Strategy.values()),
                    "1." + random.nextInt(100),
                    kubelet(),
                    apiServer(),
                    new ScenarioSpec.Cluster(1 + random.nextInt(100_000), 1 + random.nextInt(50)),
                    objects(),
                    objects(),
                    pods(),
                    new ScenarioSpec.Volumes(random.nextBoolean()),
                    new ScenarioSpec.Updates(
                            rate(),
                            popularity(),
                            share(),
                            share(),
                            Duration.ofNanos(random.nextLong(2_592_000_000_000_000L)),
                            Duration.ofNanos(random.nextLong(2_592_000_000_000_000L))),
                    faults(duration));
        }

        private List<Fault> faults(Duration duration) {
            List<Fault> faults = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                Duration moment =
                        Duration.ofNanos(random.nextLong(1_000_000, duration.toNanos() + 1_000_000) - 1_000_000);
                boolean once = random.nextBoolean() || moment.toMillis() == 0;
                faults.add(new Fault(once ? new Fault.At(moment) : new Fault.Every(moment), action()));
            }
            return faults;
        }

        private Fault.Action action() {
            Duration lasting = Duration.ofNanos(
                    random.nextLong(1_000_000, Duration.ofDays(30).toNanos()));
            Duration by = Duration.ofNanos(
                    random.nextLong(1_000_000, Duration.ofDays(1).toNanos()));
            Fault.Requests verb = pick(Fault.Requests.values());
            return switch (random.nextInt(11)) {
                case 0 -> new Fault.DropWatches(share());
                case 1 -> new Fault.Compact(share());
                case 2 -> new Fault.FailRequests(verb, 400 + random.nextInt(200), share(), upTo(by), lasting);
                case 3 -> new Fault.DelayRequests(verb, by, share(), lasting);
                case 4 -> new Fault.Partition(share(), lasting);
                case 5 -> new Fault.RestartServer(pick(Fault.Replicas.values()), lasting);
                case 6 -> new Fault.SlowWatchers(share(), by, lasting);
                case 7 -> new Fault.StaleReads(lasting);
                case 8 -> new Fault.JumpClocks(share(), by);
                case 9 -> new Fault.RestartKubelets(share());
                default -> new Fault.LoseNodes(share());
            };
        }

        private ScenarioSpec.Kubelet kubelet() {
            Ttl ttl = random.nextBoolean() ? new Ttl.ByClusterSize() : new Ttl.Fixed(upTo(Duration.ofDays(1)));
            return new ScenarioSpec.Kubelet(
                    Duration.ofMillis(10 + random.nextInt(1_000_000)),
                    ttl,
                    1 + random.nextInt(1000),
                    1 + random.nextInt(1000),
                    upTo(Duration.ofDays(1)),
                    pick(EnvNames.values()),
                    random.nextBoolean(),
                    pick(Starts.values()));
        }

        private ScenarioSpec.ApiServer apiServer() {
            long hour = Duration.ofHours(1).toNanos();
            return new ScenarioSpec.ApiServer(
                    new ScenarioSpec.Latency(
                            distribution(hour), distribution(hour), distribution(hour), distribution(hour)),
                    1 + random.nextInt(1000),
                    random.nextInt(1000),
                    1 + random.nextInt(100),
                    random.nextInt(1000),
                    new ScenarioSpec.WatchCache(range(1, 10_000_000), upTo(Duration.ofDays(1))),
                    range(0, 1L << 40));
        }

        private ScenarioSpec.Objects objects() {
            return new ScenarioSpec.Objects(
                    50 + random.nextInt(10_000), 1 + random.nextInt(1000), distribution(1 << 20), share());
        }

        private ScenarioSpec.Pods pods() {
            var references = new ScenarioSpec.References(
                    random.nextInt(101),
                    random.nextInt(101),
                    random.nextInt(101),
                    share(),
                    popularity(),
                    random.nextBoolean());
            return new ScenarioSpec.Pods(random.nextInt(1001), references, churn());
        }

        private Churn churn() {
            Duration most = Duration.ofDays(30);
            return random.nextBoolean()
                    ? new Churn.Poisson(rate(), distribution(most.toNanos()))
                    : new Churn.Cycles(
                            share(),
                            random.nextInt(1000),
                            upTo(most),
                            upTo(most),
                            upTo(most),
                            random.nextBoolean() ? Churn.Mode.NAMESPACES : Churn.Mode.OBJECTS,
                            random.nextInt(1000),
                            random.nextInt(1000));
        }

        private Distribution distribution(long max) {
            long a = 1 + random.nextLong(max);
            long b = 1 + random.nextLong(max);
            return switch (random.nextInt(4)) {
                case 0 -> new Distribution.Constant(a);
                case 1 -> new Distribution.Exponential(a);
                case 2 -> new Distribution.LogNormal(Math.min(a, b), Math.max(a, b));
                default -> new Distribution.Uniform(Math.min(a, b), Math.max(a, b));
            };
        }

        private Range range(long min, long max) {
            long a = random.nextLong(min, max);
            long b = random.nextLong(min, max);
            return new Range(Math.min(a, b), Math.max(a, b));
        }

        private Popularity popularity() {
            return random.nextBoolean()
                    ? new Popularity.Uniform()
                    : new Popularity.Zipf((1 + random.nextInt(100_000)) / 10_000.0);
        }

        private Share share() {
            return new Share(random.nextInt(1_000_001));
        }

        private Rate rate() {
            return new Rate(random.nextLong(100_000_001), pick(Rate.Per.values()));
        }

        private Duration upTo(Duration most) {
            return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
        }

        private <T> T pick(T[] values) {
            return values[random.nextInt(values.length)];
        }
    }
}
