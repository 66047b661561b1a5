package dev.kubechurn.sim.scenario;

import static dev.kubechurn.sim.scenario.Scalars.bool;
import static dev.kubechurn.sim.scenario.Scalars.bytes;
import static dev.kubechurn.sim.scenario.Scalars.duration;
import static dev.kubechurn.sim.scenario.Scalars.integer;
import static dev.kubechurn.sim.scenario.Scalars.rate;
import static dev.kubechurn.sim.scenario.Scalars.share;

import dev.kubechurn.sim.scenario.Distribution.LogNormal;
import dev.kubechurn.sim.scenario.ScenarioSpec.ApiServer;
import dev.kubechurn.sim.scenario.ScenarioSpec.Cluster;
import dev.kubechurn.sim.scenario.ScenarioSpec.EnvNames;
import dev.kubechurn.sim.scenario.ScenarioSpec.Kubelet;
import dev.kubechurn.sim.scenario.ScenarioSpec.Latency;
import dev.kubechurn.sim.scenario.ScenarioSpec.Objects;
import dev.kubechurn.sim.scenario.ScenarioSpec.Pods;
import dev.kubechurn.sim.scenario.ScenarioSpec.References;
import dev.kubechurn.sim.scenario.ScenarioSpec.Starts;
import dev.kubechurn.sim.scenario.ScenarioSpec.Updates;
import dev.kubechurn.sim.scenario.ScenarioSpec.Volumes;
import dev.kubechurn.sim.scenario.ScenarioSpec.WatchCache;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The one description of every field of a scenario: name, type, bounds, default and a sentence for editors. To add a
 * field, add a component to its record and a line here; reader, dump, parameters and JSON Schema follow.
 */
final class ScenarioDescription {

    private static final Duration NOTHING = Duration.ZERO;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_RUN = Duration.ofDays(30);
    private static final int KI = 1024;
    private static final int MAX_PAYLOAD = KI * KI;

    private ScenarioDescription() {}

    static Block<Scenario> scenario() {
        Block.Builder<Scenario> block = new Block.Builder<>();
        block.required(
                "apiVersion",
                Scalars.constant(Scenario.API_VERSION),
                s -> Scenario.API_VERSION,
                "Version of the scenario format.");
        block.required("kind", Scalars.constant(Scenario.KIND), s -> Scenario.KIND, "Kind of this file.");
        var metadata =
                block.required("metadata", metadata(), Scenario::metadata, "Name and description of the scenario.");
        var spec = block.block("spec", spec(), Scenario::spec, "What to simulate.");
        return block.build(v -> new Scenario(v.get(metadata), v.get(spec)));
    }

    private static Block<Scenario.Metadata> metadata() {
        Block.Builder<Scenario.Metadata> block = new Block.Builder<>();
        var nameType = Scalars.text("a name like steady-churn", "[a-z0-9]([-a-z0-9]*[a-z0-9])?", 63);
        var name = block.required("name", nameType, Scenario.Metadata::name, "Lowercase letters, digits and dashes.");
        var lineType = Scalars.text("one line of at most 300 characters", "[^\\n\\r\\t]*", 300);
        var description = block.field(
                "description",
                lineType,
                "",
                Scenario.Metadata::description,
                "The question that the scenario answers, in one line.");
        return block.build(v -> new Scenario.Metadata(v.get(name), v.get(description)));
    }

    private static Block<ScenarioSpec> spec() {
        Block.Builder<ScenarioSpec> block = new Block.Builder<>();
        var anyLong = Scalars.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE);
        var seed = block.field("seed", anyLong, 42L, ScenarioSpec::seed, "Random seed.");
        var run = duration(Duration.ofMillis(1), LONGEST_RUN);
        var duration = block.field(
                "duration", run, Duration.ofSeconds(60), ScenarioSpec::duration, "Simulated time, including warmup.");
        var warmup = block.field(
                "warmup",
                duration(NOTHING, LONGEST_RUN),
                NOTHING,
                ScenarioSpec::warmup,
                "Time at the start that is excluded from the measurements.");
        var transport = block.field(
                "transport",
                Scalars.oneOf(transports()),
                Transport.MOCK,
                ScenarioSpec::transport,
                "API server: a mock over HTTP, a model in virtual time, or a real cluster.");
        var strategy = block.field(
                "strategy",
                Scalars.oneOf(strategies()),
                Strategy.WATCH,
                ScenarioSpec::strategy,
                "How kubelets detect changes of ConfigMaps and Secrets (configMapAndSecretChangeDetectionStrategy).");
        var version = block.field(
                "kubernetesVersion",
                Scalars.version("a version like 1.34", "1\\.[0-9]{1,3}"),
                "1.34",
                ScenarioSpec::kubernetesVersion,
                "Kubernetes version; selects behaviour that differs between versions.");
        var kubelet = block.block("kubelet", kubelet(), ScenarioSpec::kubelet, "Settings of every kubelet.");
        var apiServer = block.block("apiServer", apiServer(), ScenarioSpec::apiServer, "Model of the API server.");
        var cluster = block.block("cluster", cluster(), ScenarioSpec::cluster, "Size of the cluster.");
        var configMaps = block.block("configMaps", objects(200, 100 * KI), ScenarioSpec::configMaps, "The ConfigMaps.");
        var secrets = block.block("secrets", objects(50, 10 * KI), ScenarioSpec::secrets, "The Secrets.");
        var pods = block.block("pods", pods(), ScenarioSpec::pods, "The pods and their references.");
        var volumes = block.block("volumes", volumes(), ScenarioSpec::volumes, "Volumes of the pods.");
        var updates = block.block("updates", updates(), ScenarioSpec::updates, "Updates of objects that pods use.");
        var faults = block.field(
                "faults",
                new ListOf<>(FaultDescription.fault(), 1000),
                List.of(),
                ScenarioSpec::faults,
                "Faults to inject, independent of each other (docs/faults.md).");
        return block.build(v -> new ScenarioSpec(
                v.get(seed),
                v.get(duration),
                v.get(warmup),
                v.get(transport),
                v.get(strategy),
                v.get(version),
                v.get(kubelet),
                v.get(apiServer),
                v.get(cluster),
                v.get(configMaps),
                v.get(secrets),
                v.get(pods),
                v.get(volumes),
                v.get(updates),
                v.get(faults)));
    }

    private static Block<Kubelet> kubelet() {
        Block.Builder<Kubelet> block = new Block.Builder<>();
        var sync = block.field(
                "syncFrequency",
                duration(Duration.ofMillis(10), DAY),
                Duration.ofMinutes(1),
                Kubelet::syncFrequency,
                "How often a running pod is synced and its volumes are refreshed.");
        var ttl = block.field(
                "ttl",
                Scalars.ttl(),
                new Ttl.ByClusterSize(),
                Kubelet::ttl,
                "How long the Cache strategy caches a value; auto: depends on the size of the cluster.");
        var limit = integer(1, 1_000_000);
        var qps = block.field("qps", limit, 50, Kubelet::qps, "Requests per second to the API server (kubeAPIQPS).");
        var burst =
                block.field("burst", limit, 100, Kubelet::burst, "Burst of requests allowed above qps (kubeAPIBurst).");
        var nodeStatus = block.field(
                "nodeStatusFrequency",
                duration(NOTHING, DAY),
                Duration.ofSeconds(10),
                Kubelet::nodeStatusFrequency,
                "How often a kubelet sends its node status, over the same connection; 0s: never.");
        var envNames = block.field(
                "envNames",
                Scalars.oneOf(lowerCase(EnvNames.values())),
                EnvNames.STRICT,
                Kubelet::envNames,
                "Which keys are valid names of environment variables.");
        var watchList = block.field(
                "watchList",
                bool(),
                false,
                Kubelet::watchList,
                "Whether a watch also delivers the initial list (WatchList).");
        var starts = block.field(
                "starts",
                Scalars.oneOf(lowerCase(Starts.values())),
                Starts.STAGGERED,
                Kubelet::starts,
                "When kubelets start: each at a random time in the first 80 % of the warmup, or all at once.");
        return block.build(v -> new Kubelet(
                v.get(sync),
                v.get(ttl),
                v.get(qps),
                v.get(burst),
                v.get(nodeStatus),
                v.get(envNames),
                v.get(watchList),
                v.get(starts)));
    }

    private static Block<ApiServer> apiServer() {
        Block.Builder<ApiServer> block = new Block.Builder<>();
        var latency = block.block("latency", latency(), ApiServer::latency, "Service times; assumed, not measured.");
        var inFlight = block.field(
                "maxInFlight",
                integer(1, 1_000_000),
                400,
                ApiServer::maxInFlight,
                "Maximum concurrent requests, not counting watches.");
        var queue = block.field(
                "queue",
                integer(0, 10_000_000),
                1000,
                ApiServer::queue,
                "Maximum queued requests; further requests get 429.");
        var replicas = block.field("replicas", integer(1, 100), 1, ApiServer::replicas, "Number of API servers.");
        var streams = block.field(
                "streamsPerConnection",
                integer(0, 1_000_000),
                0,
                ApiServer::streamsPerConnection,
                "Maximum HTTP/2 streams per kubelet connection; 0: no limit.");
        var watchCache = block.block("watchCache", watchCache(), ApiServer::watchCache, "Window of past events.");
        var memory = block.field(
                "memoryPerWatch",
                Scalars.range(bytes(0, 1L << 40)),
                new Range(50 * KI, 100 * KI),
                ApiServer::memoryPerWatch,
                "Memory that one open watch takes in the API server, as a range.");
        return block.build(v -> new ApiServer(
                v.get(latency),
                v.get(inFlight),
                v.get(queue),
                v.get(replicas),
                v.get(streams),
                v.get(watchCache),
                v.get(memory)));
    }

    private static Block<Latency> latency() {
        Block.Builder<Latency> block = new Block.Builder<>();
        var time = distribution(Scalars.nanos(Duration.ofHours(1)));
        var get = block.field("get", time, millis(2, 30), Latency::get, "Latency of a get.");
        var list = block.field("list", time, millis(5, 100), Latency::list, "Latency of a list.");
        var watch = block.field("watch", time, millis(2, 30), Latency::watch, "Time until a watch is established.");
        var event = block.field(
                "event", time, millis(1, 10), Latency::event, "Time from a commit until its event reaches the client.");
        return block.build(v -> new Latency(v.get(get), v.get(list), v.get(watch), v.get(event)));
    }

    private static Distribution millis(int median, int p99) {
        return new LogNormal(
                Duration.ofMillis(median).toNanos(), Duration.ofMillis(p99).toNanos());
    }

    private static Block<WatchCache> watchCache() {
        Block.Builder<WatchCache> block = new Block.Builder<>();
        var events = block.field(
                "events",
                Scalars.range(Scalars.count(1, 10_000_000)),
                new Range(100, 102_400),
                WatchCache::events,
                "Minimum and maximum capacity, in events.");
        var fresh = block.field(
                "fresh",
                duration(NOTHING, DAY),
                Duration.ofSeconds(75),
                WatchCache::fresh,
                "Minimum age of an event before it is dropped, as long as the cache can still grow.");
        return block.build(v -> new WatchCache(v.get(events), v.get(fresh)));
    }

    private static Block<Cluster> cluster() {
        Block.Builder<Cluster> block = new Block.Builder<>();
        var nodes =
                block.field("nodes", integer(1, 100_000), 20, Cluster::nodes, "Number of nodes, each with a kubelet.");
        var namespaces = block.field("namespaces", integer(1, 100_000), 5, Cluster::namespaces, "Namespaces.");
        return block.build(v -> new Cluster(v.get(nodes), v.get(namespaces)));
    }

    private static Block<Objects> objects(int byDefault, int p99) {
        Block.Builder<Objects> block = new Block.Builder<>();
        var count = block.field(
                "count",
                integer(0, 10_000_000),
                byDefault,
                Objects::count,
                "Number of objects in the cluster, spread across the namespaces.");
        var keys = block.field("keys", integer(1, 1000), 4, Objects::keys, "Keys per object.");
        var size = block.field(
                "size",
                distribution(bytes(0, MAX_PAYLOAD)),
                new LogNormal(KI, p99),
                Objects::size,
                "Payload of one object in bytes, all keys together.");
        var immutable = block.field(
                "immutable", share(), Share.NONE, Objects::immutable, "Share of objects that are immutable.");
        return block.build(v -> new Objects(v.get(count), v.get(keys), v.get(size), v.get(immutable)));
    }

    private static Block<Pods> pods() {
        Block.Builder<Pods> block = new Block.Builder<>();
        var perNode = block.field("perNode", integer(0, 1000), 30, Pods::perNode, "Pods per node.");
        var references = block.block("references", references(), Pods::references, "References of each pod.");
        var byDefault = new Churn.Poisson(Rate.perSecond(10), minutes(10));
        var churn = block.field("churn", churn(), byDefault, Pods::churn, "How pods are replaced.");
        return block.build(v -> new Pods(v.get(perNode), v.get(references), v.get(churn)));
    }

    private static Block<References> references() {
        Block.Builder<References> block = new Block.Builder<>();
        var some = integer(0, 100);
        var env = block.field("env", some, 1, References::env, "Environment variables that read a single key.");
        var envFrom = block.field(
                "envFrom", some, 1, References::envFrom, "Objects imported into the environment with envFrom.");
        var volumes = block.field("volumes", some, 1, References::volumes, "Objects mounted as volumes.");
        var secrets = block.field(
                "secrets",
                share(),
                Share.percent(25),
                References::secrets,
                "Share of these references that point to Secrets.");
        var popularity = block.field(
                "popularity",
                popularity(),
                new Popularity.Zipf(1.1),
                References::popularity,
                "Which objects the references point to.");
        var rootCa = block.field(
                "kubeRootCA", bool(), true, References::kubeRootCA, "Whether each pod also mounts kube-root-ca.crt.");
        return block.build(v -> new References(
                v.get(env), v.get(envFrom), v.get(volumes), v.get(secrets), v.get(popularity), v.get(rootCa)));
    }

    private static OneOf<Churn> churn() {
        Block.Builder<Churn.Poisson> poisson = new Block.Builder<>();
        var rate =
                poisson.required("rate", rate(), Churn.Poisson::rate, "Rate of pod replacements in the whole cluster.");
        var lifetime = poisson.field(
                "lifetime",
                distribution(Scalars.nanos(LONGEST_RUN)),
                minutes(10),
                Churn.Poisson::lifetime,
                "How long a pod runs before it terminates by itself.");
        Block.Builder<Churn.Cycles> rounds = new Block.Builder<>();
        var percent = rounds.field(
                "percent",
                share(),
                Share.percent(10),
                Churn.Cycles::percent,
                "Share of namespaces or pods that one cycle replaces; rounded down, but at least one.");
        var cycles = rounds.field(
                "cycles", integer(0, 1_000_000), 0, Churn.Cycles::cycles, "Maximum number of cycles; 0: no limit.");
        var time = duration(NOTHING, LONGEST_RUN);
        var delay = rounds.field("delay", time, Duration.ofMinutes(5), Churn.Cycles::delay, "Time between two cycles.");
        var deleteDelay = rounds.field(
                "deleteDelay", time, NOTHING, Churn.Cycles::deleteDelay, "Time between deletion and re-creation.");
        var duration = rounds.field(
                "duration",
                time,
                Duration.ofHours(1),
                Churn.Cycles::duration,
                "Time after which no new cycle begins; 0s: no limit.");
        var mode = rounds.field(
                "mode",
                Scalars.oneOf(lowerCase(Churn.Mode.values())),
                Churn.Mode.NAMESPACES,
                Churn.Cycles::mode,
                "What a cycle replaces: all pods of consecutive namespaces, or the oldest pods.");
        var qps = rounds.field(
                "qps",
                integer(0, 1_000_000),
                0,
                Churn.Cycles::qps,
                "Pods created per second, and with mode objects also deleted per second; 0: no limit.");
        var burst = rounds.field(
                "burst", integer(0, 1_000_000), 0, Churn.Cycles::burst, "Burst above qps; 0: same as qps.");
        return new OneOf<>(
                List.of(
                        new OneOf.Variant<>(
                                Churn.Poisson.class,
                                poisson.build(v -> new Churn.Poisson(v.get(rate), v.get(lifetime)))),
                        new OneOf.Variant<>(
                                Churn.Cycles.class,
                                rounds.build(v -> new Churn.Cycles(
                                        v.get(percent),
                                        v.get(cycles),
                                        v.get(delay),
                                        v.get(deleteDelay),
                                        v.get(duration),
                                        v.get(mode),
                                        v.get(qps),
                                        v.get(burst))))),
                null);
    }

    private static Distribution minutes(int mean) {
        return new Distribution.Exponential(Duration.ofMinutes(mean).toNanos());
    }

    private static Block<Volumes> volumes() {
        Block.Builder<Volumes> block = new Block.Builder<>();
        var write = block.field(
                "write",
                bool(),
                false,
                Volumes::write,
                "Whether to write the files of volumes to a temporary directory, atomically, as kubelets do.");
        return block.build(v -> new Volumes(v.get(write)));
    }

    private static Block<Updates> updates() {
        Block.Builder<Updates> block = new Block.Builder<>();
        var rate =
                block.field("rate", rate(), Rate.perSecond(5), Updates::rate, "Rate of updates in the whole cluster.");
        var popularity = block.field(
                "popularity",
                popularity(),
                new Popularity.Zipf(1.1),
                Updates::popularity,
                "Which objects are updated.");
        var secrets =
                block.field("secrets", share(), Share.NONE, Updates::secrets, "Share of updates that change Secrets.");
        var deletions = block.field(
                "deletions",
                share(),
                Share.NONE,
                Updates::deletions,
                "Share of updates that delete the object instead.");
        var absence = block.field(
                "absence",
                duration(NOTHING, LONGEST_RUN),
                Duration.ofSeconds(10),
                Updates::absence,
                "Time between deletion and re-creation of an object.");
        var retryFor = block.field(
                "retryFor",
                duration(NOTHING, LONGEST_RUN),
                Duration.ofMinutes(1),
                Updates::retryFor,
                "How long a write is retried while the API server of a cluster does not answer.");
        return block.build(v -> new Updates(
                v.get(rate), v.get(popularity), v.get(secrets), v.get(deletions), v.get(absence), v.get(retryFor)));
    }

    private static OneOf<Popularity> popularity() {
        Block.Builder<Popularity.Zipf> block = new Block.Builder<>();
        var zipf = block.required(
                "zipf", Scalars.decimal(10), Popularity.Zipf::exponent, "Exponent of the Zipf distribution.");
        var variant = new OneOf.Variant<>(Popularity.Zipf.class, block.build(v -> new Popularity.Zipf(v.get(zipf))));
        Map<String, Popularity> names = Map.of("uniform", new Popularity.Uniform());
        var uniform = Scalars.oneOf(names);
        return new OneOf<>(
                List.of(variant),
                new ScalarType<>(
                        "uniform or {zipf: 1.1}", uniform.kinds(), uniform.parse(), uniform.plain(), uniform.schema()));
    }

    /** Values of one unit, fixed or random. */
    private static OneOf<Distribution> distribution(ScalarType<Long> unit) {
        Block.Builder<Distribution.Exponential> exponential = new Block.Builder<>();
        var mean = exponential.required("exponential", unit, Distribution.Exponential::mean, "Mean.");

        Block.Builder<LogNormal> figures = new Block.Builder<>();
        var median = figures.required("median", unit, LogNormal::median, "Median.");
        var p99 = figures.required("p99", unit, LogNormal::p99, "99th percentile.");
        Block.Builder<LogNormal> lognormal = new Block.Builder<>();
        var shape = lognormal.required(
                "lognormal",
                figures.build(v -> new LogNormal(v.get(median), v.get(p99))),
                value -> value,
                "Lognormal distribution: mostly small values, with a long tail.");

        Block.Builder<Distribution.Uniform> ends = new Block.Builder<>();
        var min = ends.required("min", unit, Distribution.Uniform::min, "Minimum.");
        var max = ends.required("max", unit, Distribution.Uniform::max, "Maximum.");
        Block.Builder<Distribution.Uniform> uniform = new Block.Builder<>();
        var span = uniform.required(
                "uniform",
                ends.build(v -> new Distribution.Uniform(v.get(min), v.get(max))),
                value -> value,
                "Uniform distribution: all values in the range are equally likely.");
        return new OneOf<>(
                List.of(
                        new OneOf.Variant<>(
                                Distribution.Exponential.class,
                                exponential.build(v -> new Distribution.Exponential(v.get(mean)))),
                        new OneOf.Variant<>(LogNormal.class, lognormal.build(v -> v.get(shape))),
                        new OneOf.Variant<>(Distribution.Uniform.class, uniform.build(v -> v.get(span)))),
                Scalars.fixedOrSpan(unit));
    }

    private static Map<String, Transport> transports() {
        return lowerCase(Transport.values());
    }

    private static Map<String, Strategy> strategies() {
        Map<String, Strategy> names = new LinkedHashMap<>();
        names.put("Watch", Strategy.WATCH);
        names.put("Cache", Strategy.CACHE);
        names.put("Get", Strategy.GET);
        return Collections.unmodifiableMap(names);
    }

    static <E extends Enum<E>> Map<String, E> lowerCase(E[] values) {
        Map<String, E> names = new LinkedHashMap<>();
        for (E value : values) {
            names.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        return Collections.unmodifiableMap(names);
    }
}
