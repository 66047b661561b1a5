package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.scenario.FaultType.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The part of {@link ScenarioDescription} about faults: to add one, add its record and a method here. */
final class FaultDescription {

    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_RUN = Duration.ofDays(30);
    private static final Share ALL = Share.percent(100);

    private FaultDescription() {}

    static FaultType fault() {
        Map<String, Kind<?>> kinds = new LinkedHashMap<>();
        kinds.put("dropWatches", dropWatches());
        kinds.put("compact", compact());
        kinds.put("error", error());
        kinds.put("delay", delay());
        kinds.put("partition", partition());
        kinds.put("restartServer", restartServer());
        kinds.put("slowWatchers", slowWatchers());
        kinds.put("staleReads", staleReads());
        kinds.put("jumpClocks", jumpClocks());
        kinds.put("restartKubelets", restartKubelets());
        kinds.put("loseNodes", loseNodes());
        return new FaultType(
                Scalars.duration(Duration.ZERO, LONGEST_RUN), Scalars.duration(INSTANT, LONGEST_RUN), kinds);
    }

    private static Kind<Fault.DropWatches> dropWatches() {
        Block.Builder<Fault.DropWatches> block = new Block.Builder<>();
        var fraction = share(block, "fraction", Fault.DropWatches::fraction, "Share of open watches.");
        return new Kind<>(
                Fault.DropWatches.class,
                block.build(v -> new Fault.DropWatches(v.get(fraction))),
                "The server closes watches.");
    }

    private static Kind<Fault.Compact> compact() {
        Block.Builder<Fault.Compact> block = new Block.Builder<>();
        var watches = share(
                block, "watches", Fault.Compact::watches, "Share of open watches that end with an ERROR event (410).");
        return new Kind<>(
                Fault.Compact.class,
                block.build(v -> new Fault.Compact(v.get(watches))),
                "The server compacts its history; requests from an older resourceVersion get 410.");
    }

    private static Kind<Fault.FailRequests> error() {
        Block.Builder<Fault.FailRequests> block = new Block.Builder<>();
        var verb = verb(block, Fault.FailRequests::verb);
        var status = block.required("status", Scalars.integer(400, 599), Fault.FailRequests::status, "HTTP status.");
        var fraction = share(block, "fraction", Fault.FailRequests::fraction, "Share of requests.");
        var retryAfter = block.field(
                "retryAfter",
                Scalars.duration(Duration.ZERO, DAY),
                Duration.ZERO,
                Fault.FailRequests::retryAfter,
                "Value of the Retry-After header; 0s: no header.");
        var lasting = lasting(block, Fault.FailRequests::lasting);
        return new Kind<>(
                Fault.FailRequests.class,
                block.build(v -> new Fault.FailRequests(
                        v.get(verb), v.get(status), v.get(fraction), v.get(retryAfter), v.get(lasting))),
                "Requests fail with an HTTP error.");
    }

    private static Kind<Fault.DelayRequests> delay() {
        Block.Builder<Fault.DelayRequests> block = new Block.Builder<>();
        var verb = verb(block, Fault.DelayRequests::verb);
        var by = by(block, Fault.DelayRequests::by, "Added latency.");
        var fraction = share(block, "fraction", Fault.DelayRequests::fraction, "Share of requests.");
        var lasting = lasting(block, Fault.DelayRequests::lasting);
        return new Kind<>(
                Fault.DelayRequests.class,
                block.build(v -> new Fault.DelayRequests(v.get(verb), v.get(by), v.get(fraction), v.get(lasting))),
                "Requests take longer.");
    }

    private static Kind<Fault.Partition> partition() {
        Block.Builder<Fault.Partition> block = new Block.Builder<>();
        var nodes = nodes(block, Fault.Partition::nodes);
        var lasting = lasting(block, Fault.Partition::lasting);
        return new Kind<>(
                Fault.Partition.class,
                block.build(v -> new Fault.Partition(v.get(nodes), v.get(lasting))),
                "The network between nodes and the API server is down.");
    }

    private static Kind<Fault.RestartServer> restartServer() {
        Block.Builder<Fault.RestartServer> block = new Block.Builder<>();
        var replicas = block.field(
                "replicas",
                Scalars.oneOf(ScenarioDescription.lowerCase(Fault.Replicas.values())),
                Fault.Replicas.ALL,
                Fault.RestartServer::replicas,
                "One API server, chosen at random each time, or all.");
        var lasting = lasting(block, Fault.RestartServer::lasting);
        return new Kind<>(
                Fault.RestartServer.class,
                block.build(v -> new Fault.RestartServer(v.get(replicas), v.get(lasting))),
                "API servers restart.");
    }

    private static Kind<Fault.SlowWatchers> slowWatchers() {
        Block.Builder<Fault.SlowWatchers> block = new Block.Builder<>();
        var nodes = nodes(block, Fault.SlowWatchers::nodes);
        var by = by(block, Fault.SlowWatchers::by, "Added delay of events.");
        var lasting = lasting(block, Fault.SlowWatchers::lasting);
        return new Kind<>(
                Fault.SlowWatchers.class,
                block.build(v -> new Fault.SlowWatchers(v.get(nodes), v.get(by), v.get(lasting))),
                "Watch events reach some kubelets late.");
    }

    private static Kind<Fault.StaleReads> staleReads() {
        Block.Builder<Fault.StaleReads> block = new Block.Builder<>();
        var lasting = lasting(block, Fault.StaleReads::lasting);
        return new Kind<>(
                Fault.StaleReads.class,
                block.build(v -> new Fault.StaleReads(v.get(lasting))),
                "The watch cache of the server stalls: reads served from it return the state when the fault began.");
    }

    private static Kind<Fault.JumpClocks> jumpClocks() {
        Block.Builder<Fault.JumpClocks> block = new Block.Builder<>();
        var nodes = nodes(block, Fault.JumpClocks::nodes);
        var by = by(block, Fault.JumpClocks::by, "How far the clock jumps forward.");
        return new Kind<>(
                Fault.JumpClocks.class,
                block.build(v -> new Fault.JumpClocks(v.get(nodes), v.get(by))),
                "The clocks of kubelets jump forward.");
    }

    private static Kind<Fault.RestartKubelets> restartKubelets() {
        Block.Builder<Fault.RestartKubelets> block = new Block.Builder<>();
        var nodes = nodes(block, Fault.RestartKubelets::nodes);
        return new Kind<>(
                Fault.RestartKubelets.class,
                block.build(v -> new Fault.RestartKubelets(v.get(nodes))),
                "Kubelets restart and lose their caches; their pods keep running.");
    }

    private static Kind<Fault.LoseNodes> loseNodes() {
        Block.Builder<Fault.LoseNodes> block = new Block.Builder<>();
        var nodes = nodes(block, Fault.LoseNodes::nodes);
        return new Kind<>(
                Fault.LoseNodes.class,
                block.build(v -> new Fault.LoseNodes(v.get(nodes))),
                "Nodes and their pods disappear permanently.");
    }

    private static <A> Block.Field<A, Share> nodes(Block.Builder<A> block, Function<A, Share> getter) {
        return share(block, "nodes", getter, "Share of nodes, chosen at random each time.");
    }

    private static <A> Block.Field<A, Share> share(
            Block.Builder<A> block, String name, Function<A, Share> getter, String doc) {
        return block.field(name, Scalars.share(), ALL, getter, doc);
    }

    private static <A> Block.Field<A, Fault.Requests> verb(Block.Builder<A> block, Function<A, Fault.Requests> getter) {
        Map<String, Fault.Requests> names = ScenarioDescription.lowerCase(Fault.Requests.values());
        return block.field("verb", Scalars.oneOf(names), Fault.Requests.ANY, getter, "Affected requests.");
    }

    private static <A> Block.Field<A, Duration> by(Block.Builder<A> block, Function<A, Duration> getter, String doc) {
        return block.required("by", Scalars.duration(INSTANT, DAY), getter, doc);
    }

    private static <A> Block.Field<A, Duration> lasting(Block.Builder<A> block, Function<A, Duration> getter) {
        return block.required("for", Scalars.duration(INSTANT, LONGEST_RUN), getter, "Duration of the fault.");
    }
}
