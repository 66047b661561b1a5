package dev.kubechurn.sim.fuzz;

import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws small clusters in which much happens: all strategies and versions, servers from instant to overloaded, and up to six
 * kinds of faults. One seed makes one scenario, whatever others were made before.
 */
public final class ScenarioGenerator {

    private static final int MOST_NODES = 8;
    private static final int MOST_FAULTS = 6;

    private final RandomStreams streams;
    private SplittableRandom random;
    private final List<String> settings = new ArrayList<>();

    private ScenarioGenerator(long seed) {
        this.streams = new RandomStreams(seed);
        this.random = streams.stream("fuzz", 0);
    }

    /** The scenario of a seed, which is its own seed too. */
    public static Scenario scenario(long seed) {
        ScenarioGenerator generator = new ScenarioGenerator(seed);
        generator.draw(seed);
        String bare = "{apiVersion: " + Scenario.API_VERSION + ", kind: " + Scenario.KIND + ", metadata: {name: fuzz-"
                + Long.toUnsignedString(seed) + ", description: Drawn at random by --fuzz}}";
        try {
            return ScenarioReader.read("fuzz", bare, Overrides.of(generator.settings));
        } catch (ScenarioException e) {
            throw new IllegalStateException("seed " + seed + " generates an invalid scenario: " + e.problems(), e);
        }
    }

    private void draw(long seed) {
        int seconds = 5 + random.nextInt(random.nextBoolean() ? 60 : 600);
        int nodes = 1 + random.nextInt(MOST_NODES);
        int namespaces = 1 + random.nextInt(3);
        set("seed", seed);
        set("transport", "virtual");
        set("duration", seconds + "s");
        set("warmup", pick("0s", "1s", "3s"));
        set("strategy", pick("Watch", "Watch", "Watch", "Cache", "Get"));
        set("kubernetesVersion", pick("1.19", "1.21", "1.30", "1.31", "1.34", "1.35"));
        set("cluster.nodes", nodes);
        set("cluster.namespaces", namespaces);
        drawKubelet();
        drawServer();
        drawLoad(namespaces);
        drawFaults(seconds);
        // What was added later draws from a stream of its own: a seed's scenario changes in this alone.
        random = streams.stream("fuzz-deletions", 0);
        set("updates.deletions", pick("0%", "0%", "10%", "50%"));
        set("updates.absence", pick("0s", "1s", "10s", "2m"));
        random = streams.stream("fuzz-watch-list", 0);
        set("kubelet.watchList", pick("false", "false", "true"));
    }

    private void drawKubelet() {
        set("kubelet.syncFrequency", pick("1s", "10s", "1m", "5m"));
        set("kubelet.ttl", pick("auto", "0s", "5s", "1m", "10m"));
        set("kubelet.qps", pick("1", "5", "50"));
        set("kubelet.burst", pick("1", "10", "100"));
        set("kubelet.nodeStatusFrequency", pick("0s", "10s"));
        set("kubelet.starts", pick("staggered", "together"));
    }

    private void drawServer() {
        for (String verb : List.of("get", "list", "watch", "event")) {
            set(
                    "apiServer.latency." + verb,
                    pick("0s", "1ms", "{lognormal: {median: 5ms, p99: 1s}}", "{exponential: 300ms}", "1ms..2s"));
        }
        set("apiServer.maxInFlight", pick("1", "3", "400"));
        set("apiServer.queue", pick("0", "5", "1000"));
        set("apiServer.replicas", 1 + random.nextInt(3));
        set("apiServer.streamsPerConnection", pick("0", "0", "0", "8", "100"));
        set("apiServer.watchCache.events", pick("1", "10", "100..1000"));
        set("apiServer.watchCache.fresh", pick("0s", "10s", "75s"));
    }

    private void drawLoad(int namespaces) {
        int references = random.nextInt(4);
        set("configMaps.count", namespaces * (1 + random.nextInt(8)));
        set("secrets.count", namespaces * (1 + random.nextInt(4)));
        for (String kind : List.of("configMaps", "secrets")) {
            set(kind + ".keys", 1 + random.nextInt(3));
            set(kind + ".size", pick("1", "100", "1..3Ki"));
            set(kind + ".immutable", pick("0%", "0%", "30%", "100%"));
        }
        set("pods.perNode", random.nextInt(9));
        set("pods.references.env", random.nextInt(1 + references));
        set("pods.references.envFrom", random.nextInt(1 + references));
        set("pods.references.volumes", random.nextInt(1 + references));
        set("pods.references.secrets", pick("0%", "25%", "100%"));
        set("pods.references.popularity", pick("uniform", "{zipf: 1.1}"));
        set("pods.references.kubeRootCA", random.nextBoolean());
        set(
                "pods.churn",
                pick(
                        "{rate: 0/s, lifetime: 10h}",
                        "{rate: 1/s, lifetime: 10m}",
                        "{rate: 20/s, lifetime: {exponential: 5s}}",
                        "{percent: 50%, delay: 5s, deleteDelay: 1s}",
                        "{percent: 100%, cycles: 3, delay: 0s, deleteDelay: 0s}"));
        set("updates.rate", pick("0/s", "1/m", "1/s", "20/s"));
        set("updates.popularity", pick("uniform", "{zipf: 1.1}"));
        set("updates.secrets", pick("0%", "30%", "100%"));
    }

    private void drawFaults(int seconds) {
        List<String> faults = new ArrayList<>();
        for (int i = random.nextInt(1 + MOST_FAULTS); i > 0; i--) {
            int moment = 1 + random.nextInt(seconds - 1);
            String when = random.nextBoolean() ? "at: " + moment + "s" : "every: " + Math.max(2, moment / 4) + "s";
            faults.add("{" + when + ", " + fault() + "}");
        }
        set("faults", faults);
    }

    private String fault() {
        String lasting = "for: " + pick("100ms", "2s", "20s", "2m");
        String nodes = "nodes: " + share();
        String requests = "verb: " + pick("any", "get", "list", "watch") + ", fraction: " + share();
        return switch (random.nextInt(11)) {
            case 0 -> "dropWatches: {fraction: " + share() + "}";
            case 1 -> "compact: {watches: " + share() + "}";
            case 2 ->
                "error: {" + requests + ", status: " + pick("400", "404", "410", "429", "500", "503") + ", retryAfter: "
                        + pick("0s", "1s", "30s") + ", " + lasting + "}";
            case 3 -> "delay: {" + requests + ", by: " + pick("500ms", "3s", "90s") + ", " + lasting + "}";
            case 4 -> "partition: {" + nodes + ", " + lasting + "}";
            case 5 -> "restartServer: {replicas: " + pick("one", "all") + ", " + lasting + "}";
            case 6 -> "slowWatchers: {" + nodes + ", by: " + pick("500ms", "10s") + ", " + lasting + "}";
            case 7 -> "staleReads: {" + lasting + "}";
            case 8 -> "jumpClocks: {" + nodes + ", by: " + pick("1s", "1m", "10m", "2h") + "}";
            case 9 -> "restartKubelets: {" + nodes + "}";
            default -> "loseNodes: {" + nodes + "}";
        };
    }

    private String share() {
        return pick("10%", "50%", "100%");
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private void set(String path, Object value) {
        settings.add(path + "=" + value);
    }
}
