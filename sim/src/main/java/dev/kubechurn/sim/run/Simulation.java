package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.reports.result.Breakdown;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.apiserver.virtual.NetworkFigures;
import dev.kubechurn.sim.apiserver.virtual.RequestTally;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.cluster.Cluster;
import dev.kubechurn.sim.cluster.EnvironmentMaker;
import dev.kubechurn.sim.cluster.ManagerMaker;
import dev.kubechurn.sim.cluster.NodeEnvironment;
import dev.kubechurn.sim.cluster.PodSlots;
import dev.kubechurn.sim.cluster.SimulatedNode;
import dev.kubechurn.sim.cluster.SlotsElsewhere;
import dev.kubechurn.sim.cluster.Volumes;
import dev.kubechurn.sim.cluster.WrittenVolumes;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.engine.SkewedClock;
import dev.kubechurn.sim.faults.Faults;
import dev.kubechurn.sim.metrics.RunRecorders;
import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.shard.Shard;
import dev.kubechurn.sim.workload.ClusterPart;
import dev.kubechurn.sim.workload.Workload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run: objects, nodes, load, rest, checks, result. {@link #run} belongs to one thread; {@link #stop} is
 * for any other.
 */
public final class Simulation implements AutoCloseable {

    /** The part of the warm-up in which nodes come up, where not all at once. */
    private static final double START_WINDOW = 0.8;

    /** In larger clusters nobody looks at each watch as it opens, which would cost memory for each. */
    private static final int GUARDED_NODES = 1000;

    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    /** Of cached values; the waiting costs no wall time but that of the pods' syncs. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private final RunPlan plan;
    private final Scheduler clock;
    private final Transport transport;
    private final Ground ground;
    private final Consumer<LiveFigures> viewer;
    private final RunRecorders recorders;
    private final Violations violations = new Violations(this::elapsedNanos, this::violated);
    private final RandomStreams streams;
    private final Volumes volumes;
    private final ManagerMaker managers;
    private final EnvironmentMaker environments;

    /** Only where a fault has one jump: a clock in between costs time. */
    private final List<SkewedClock> kubeletClocks = new ArrayList<>();

    /** The part of the cluster that lives here. */
    private Shard shard = Shard.WHOLE;

    /** What a result must say of where it comes from, beyond the machine. */
    private Map<String, String> facts = Map.of();

    /** What the process held before the server and its clients came up; of interest where they are real. */
    private Optional<ProcessFigures> before = Optional.empty();

    /** Told of the load's first and last moment. */
    private LoadListener listener = LoadListener.NONE;

    private @Nullable RequestTally tally;
    private SortedMap<RequestTally.Place, RequestTally.Load> loads = Collections.emptySortedMap();

    private volatile @Nullable String stopReason;
    private volatile boolean loadOver;

    /** When the pods began to start; meaningless before {@link #started}. */
    private volatile long startNanos;

    private volatile boolean started;

    Simulation(RunPlan plan, Ground ground, Consumer<LiveFigures> viewer) {
        this(plan, ground, viewer, ObjectManagers::of, EnvironmentMaker.ofCore());
    }

    Simulation(
            RunPlan plan,
            Ground ground,
            Consumer<LiveFigures> viewer,
            ManagerMaker managers,
            EnvironmentMaker environments) {
        this.plan = plan;
        this.managers = managers;
        this.environments = environments;
        this.recorders = plan.virtualTime() ? RunRecorders.ofOneThread() : new RunRecorders();
        this.ground = ground;
        this.clock = ground.passage().scheduler();
        this.transport = ground.transport();
        this.viewer = viewer;
        this.streams = new RandomStreams(plan.seed());
        boolean jumps = plan.faults().stream().anyMatch(fault -> fault.action() instanceof Fault.JumpClocks);
        for (int i = 0; i < (jumps ? plan.nodes() : 0); i++) {
            kubeletClocks.add(new SkewedClock(clock));
        }
        this.volumes = plan.writeVolumes() ? writtenVolumes() : Volumes.payloadsOnly();
    }

    private Volumes writtenVolumes() {
        return new WrittenVolumes(
                ground.fileWork(), ground.instants(), streams.stream("volumes", 0), recorders, ground.failures());
    }

    /**
     * Makes ready to run a plan: over HTTP against a mock API server of its own, on the loopback interface, or in virtual
     * time against a model of one.
     *
     * @param port of the mock server; 0: any that is free
     * @param viewer shown the live figures, about every second of the run, on a thread that must not wait
     * @throws EnvironmentException if the port is in use
     */
    public static Simulation of(RunPlan plan, int port, Consumer<LiveFigures> viewer) {
        RandomStreams streams = new RandomStreams(plan.seed());
        Optional<ProcessFigures> before = plan.virtualTime() ? Optional.empty() : Optional.of(ProcessFigures.now());
        Ground ground = plan.virtualTime()
                ? Ground.virtual(streams, plan.serverModel(), plan.watchCache())
                : Ground.mock(streams, port, plan.watchCache());
        try {
            Simulation simulation = new Simulation(plan, ground, viewer);
            simulation.before = before;
            return simulation;
        } catch (UncheckedIOException e) {
            ground.close();
            throw new EnvironmentException("cannot create a directory for volumes: " + e.getCause(), e);
        }
    }

    /**
     * Makes ready to run a plan against a real API server, and creates the namespaces that it needs there; {@link #close}
     * deletes them.
     *
     * @throws EnvironmentException if the server cannot be reached, or refuses what the run must do
     */
    public static Simulation onCluster(RunPlan plan, ClusterAccess access, Consumer<LiveFigures> viewer) {
        Ground ground = Ground.cluster(
                access,
                plan.workload().objectNamespaces(),
                plan.workload().objectsOf(access.shard()),
                plan.writesLast());
        try {
            Simulation simulation = new Simulation(plan, ground, viewer);
            simulation.shard = access.shard();
            simulation.facts = facts(access);
            return simulation;
        } catch (UncheckedIOException e) {
            ground.close();
            throw new EnvironmentException("cannot create a directory for volumes: " + e.getCause(), e);
        }
    }

    /**
     * Refuses a plan for virtual time that cannot fit into a heap; over HTTP other limits come first.
     *
     * @param maxHeapBytes of this JVM
     * @throws UnsupportedScenarioException if it does not fit, saying what would help
     */
    public static void requireMemory(RunPlan plan, long maxHeapBytes) {
        if (plan.virtualTime()) {
            MemoryEstimate.of(plan).requireFits(maxHeapBytes);
        }
    }

    /**
     * Refuses a port that a mock server could not have; for those who do much before they make a run.
     *
     * @param port 0: any that is free
     * @throws EnvironmentException if it is in use
     */
    public static void requirePort(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new EnvironmentException("--port " + port + ": " + e.getMessage(), e);
        }
    }

    /** What a run of the plan in virtual time needs of the heap, in bytes. */
    public static long memoryNeeded(RunPlan plan) {
        return MemoryEstimate.of(plan).bytes();
    }

    /** How many objects the kubelets of a plan hold at a time, all together: with strategy Watch each has a watch. */
    public static long objectsHeld(RunPlan plan) {
        return MemoryEstimate.of(plan).entries();
    }

    /** For people: how the kubelets reach which API server. */
    public String transportTitle() {
        return transport.title();
    }

    /** Where the volumes of pods are written, if they are. */
    Optional<Path> volumesDirectory() {
        return volumes instanceof WrittenVolumes written ? Optional.of(written.root()) : Optional.empty();
    }

    /**
     * Stops the server, the client and the clock; removes written volumes.
     *
     * @throws EnvironmentException if something is left of the volumes, saying where: it may hold Secrets
     */
    @Override
    public void close() {
        volumes.stop();
        try {
            ground.close();
        } finally {
            removeVolumes();
        }
    }

    private void removeVolumes() {
        try {
            volumes.close();
        } catch (UncheckedIOException e) {
            throw new EnvironmentException(e.getMessage() + " (" + e.getCause() + ")", e);
        }
    }

    /**
     * Counts by node and object too, from now until the load ends; to be called before {@link #run}, in virtual time.
     */
    public void tally() {
        RequestTally fresh = new RequestTally();
        transport.tally(fresh);
        tally = fresh;
    }

    /** Has somebody told when the load begins and ends; to be called before {@link #run}. */
    public void listen(LoadListener to) {
        listener = to;
    }

    /** What was counted by node and object until the load ended; empty if nobody asked for it. */
    public SortedMap<RequestTally.Place, RequestTally.Load> loads() {
        return loads;
    }

    /** Ends the load now; {@link #run} goes on to its checks and gives a partial result. */
    public void stop(String reason) {
        if (!loadOver) {
            stopReason = reason;
        }
        ground.passage().end();
    }

    /** What comes after a violation would only hide it. */
    private void violated() {
        if (!loadOver) {
            stopReason = "ended at its first violation";
            ground.passage().end();
        }
    }

    /**
     * Runs the plan.
     *
     * @throws EnvironmentException if the server or the machine fails
     */
    public RunResult run() throws InterruptedException {
        Instant startedAt = Instant.now();
        for (HasMetadata object : plan.workload().initialObjects(shard)) {
            if (ground.passage().ended()) {
                break; // in a real cluster creating all takes its time
            }
            transport.writer().create(object);
        }
        Cluster cluster = new Cluster(nodes());
        FaultyKubelets kubelets = new FaultyKubelets(plan.nodes(), cluster, clock, kubeletClocks);
        Faults faults = new Faults(plan.faults(), transport.faultDomain(kubelets), clock, streams);
        ClusterPart part = new ClusterPart(shard, cluster.nodes(), () -> everywhere(cluster), plan.pods());
        Workload workload = plan.workload().workload(clock, part, transport.writer());
        Sampler sampler = new Sampler(
                clock,
                transport,
                recorders,
                recorders::runningPods,
                plan.workload()::updatesWritten,
                ground.passage()::eventsFired,
                plan.duration().toNanos(),
                viewer);

        listener.begins();
        Start start = awaitStart(startedAt);
        Duration duration = plan.duration().minusNanos(start.lateNanos());
        startNanos = start.nanos();
        started = true;
        recorders.measureFrom(startNanos + plan.warmup().toNanos());
        transport.measureFrom(startNanos + plan.warmup().toNanos());
        List<Timer> starts = startNodes(cluster, startNanos);
        workload.start(startNanos);
        sampler.start(startNanos);
        faults.start();
        long endNanos = startNanos + duration.toNanos();
        boolean stopped = ground.passage().load(Duration.ofNanos(endNanos - clock.nanos()));
        loadOver = true;
        long durationNanos = clock.nanos() - startNanos;
        recorders.loadEnded(startNanos + durationNanos);
        if (transport.isPaced() && !stopped) {
            workload.finish(endNanos, ground.passage()::happened);
            ground.passage()
                    .await(
                            () -> workload.isOver() && transport.waiting() == 0 && transport.underWay() == 0,
                            LONGEST_REST);
        }
        requireNoFailure(); // before the server, which may be gone, is asked for its figures
        ServerLoad load = transport.load();
        Optional<NetworkFigures> model = transport.modelFigures();
        Optional<Breakdown> held = HeldWatches.of(transport.openWatches());
        List<Metric> ownFigures = transport.ownFigures();
        listener.ended();
        loads = tally == null ? loads : tally.loads();
        transport.loadEnded();
        requireNoFailure(); // what broke never comes to rest: no check is worth waiting for

        faults.end();
        starts.forEach(clock::cancel);
        workload.stop();
        cluster.freeze();
        sampler.stop();
        int pods = cluster.runningPods();
        boolean longWaits = plan.virtualTime() || !plan.faults().isEmpty();
        FinalChecks checks = new FinalChecks(cluster, transport, ground.passage(), violations, longWaits);
        checks.whileRunning();
        checks.untilVolumesCaughtUp(stopped ? Duration.ZERO : patience());
        recorders.stopMeasuring();
        requireNoFailure();
        int waiting = cluster.waitingPods();
        Cluster.References references = cluster.references();
        if (plan.strategy() == Strategy.WATCH) {
            checks.fromMemory();
        } else {
            checks.afterOneMoreRead(plan.lifeOfValues(), stopped ? Duration.ZERO : longestLife());
        }
        cluster.drain();
        checks.afterTheLastPod();
        requireNoFailure();
        ResultAssembly assembly = new ResultAssembly(
                plan, ground.passage(), load, held, model, transport, recorders, sampler, violations, faults);
        assembly.place(facts, ownFigures, start.lateNanos());
        before.ifPresent(figures -> {
            ground.close();
            assembly.process(figures, ProcessFigures.now());
        });
        return assembly.assemble(start.instant(), durationNanos, stopReason, pods, waiting, references);
    }

    private long elapsedNanos() {
        return started ? clock.nanos() - startNanos : 0;
    }

    /** Figures of a run in which something threw would be silently wrong. */
    private void requireNoFailure() {
        ground.failure().ifPresent(failure -> {
            if (failure instanceof EnvironmentException) {
                throw new EnvironmentException(String.valueOf(failure.getMessage()), failure);
            }
            if (failure instanceof IOException) {
                throw new EnvironmentException("cannot write volumes: " + failure.getMessage(), failure);
            }
            throw new IllegalStateException("a timer or an API callback failed: " + failure, failure);
        });
    }

    /** The longest time between two syncs of a pod, but no longer than people like to wait. */
    private Duration patience() {
        Duration longest = plan.syncFrequency().multipliedBy(3).dividedBy(2).plusSeconds(1);
        return longest.compareTo(LONGEST_REST) < 0 ? longest : LONGEST_REST;
    }

    /** For how long a run waits at most until cached values are old. */
    private Duration longestLife() {
        return plan.virtualTime() ? LONGEST_LIFE : LONGEST_REST;
    }

    private List<SimulatedNode> nodes() {
        NodeEnvironment environment = new NodeEnvironment(
                clock,
                node -> guarded(transport.configMaps(node), ObjectKind.CONFIG_MAP, node),
                node -> guarded(transport.secrets(node), ObjectKind.SECRET, node),
                plan.strategy(),
                plan.ttl(),
                plan.syncFrequency(),
                plan.reflectors(),
                plan.envNames(),
                volumes,
                ground.commitLog(),
                recorders,
                violations,
                ground.passage()::happened,
                node -> kubeletClocks.isEmpty() ? clock : kubeletClocks.get(node),
                transport::readable,
                managers,
                environments);
        List<SimulatedNode> nodes = new ArrayList<>();
        for (int i = shard.index(); i < plan.nodes(); i += shard.count()) {
            nodes.add(new SimulatedNode(i, environment, plan.workload().podsOf(i), streams));
        }
        return nodes;
    }

    private <T extends HasMetadata> ObjectApi<T> guarded(ObjectApi<T> api, ObjectKind<T> kind, int node) {
        return plan.nodes() <= GUARDED_NODES ? new SingleWatches<>(api, kind, node, violations) : api;
    }

    private List<Timer> startNodes(Cluster cluster, long startNanos) {
        List<Timer> starts = new ArrayList<>();
        for (SimulatedNode node : cluster.nodes()) {
            long offset = startOffset(node.index());
            NodeStart start = new NodeStart(node, startNanos + offset);
            clock.schedule(start, startNanos + offset - clock.nanos());
            starts.add(start);
        }
        return starts;
    }

    /** How long after the start of the run a node comes up. */
    private long startOffset(int node) {
        double window = plan.staggered() ? plan.warmup().toNanos() * START_WINDOW : 0;
        return (long) (window * streams.stream("start", node).nextDouble());
    }

    /** All nodes of the cluster, whether they live here or in another process. */
    private List<PodSlots> everywhere(Cluster cluster) {
        List<PodSlots> all = new ArrayList<>();
        for (int i = 0; i < plan.nodes(); i++) {
            if (shard.owns(i)) {
                all.add(cluster.nodes().get(i / shard.count()));
            } else {
                long offset = startOffset(i);
                all.add(new SlotsElsewhere(
                        plan.workload().podsOf(i), () -> started && clock.nanos() >= startNanos + offset));
            }
        }
        return all;
    }

    /**
     * Waits for the other processes of the run, if there are any.
     *
     * @param startedAt when this one began
     * @throws EnvironmentException if one of them does not come, or the run is over already
     */
    private Start awaitStart(Instant startedAt) throws InterruptedException {
        Passage passage = ground.passage();
        if (transport.meeting().isEmpty() || passage.ended()) {
            transport.loadBegins();
            return new Start(clock.nanos(), startedAt, 0);
        }
        Meeting meeting = transport.meeting().get();
        meeting.arrive();
        passage.await(() -> meeting.isAgreed() || passage.ended(), meeting.patience());
        requireNoFailure();
        if (passage.ended()) {
            return new Start(clock.nanos(), startedAt, 0);
        }
        Start start = meeting.start();
        if (start.lateNanos() >= plan.duration().toNanos()) {
            throw new EnvironmentException(
                    "the load of this run ended before this shard joined; there is nothing to do");
        }
        transport.loadBegins();
        passage.await(passage::ended, Duration.ofNanos(Math.max(0, start.nanos() - clock.nanos())));
        return start;
    }

    private static Map<String, String> facts(ClusterAccess access) {
        return access.shard().isWhole()
                ? Map.of()
                : Map.of(
                        Shard.FACT, access.shard().toString(),
                        Shard.RUN, access.runId(),
                        Shard.FINGERPRINT, access.fingerprint());
    }

    /** The moment at which a node comes up. */
    private final class NodeStart extends Timer {

        private final SimulatedNode node;
        private final long atNanos;

        NodeStart(SimulatedNode node, long atNanos) {
            this.node = node;
            this.atNanos = atNanos;
        }

        @Override
        public void fire() {
            transport.kubeletStarted(node.index());
            node.start(atNanos);
        }
    }
}
