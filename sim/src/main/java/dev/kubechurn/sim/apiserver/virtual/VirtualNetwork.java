package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ServerStatistics;
import dev.kubechurn.sim.apiserver.StaleState;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way between kubelets and one {@link ApiStore} in virtual time: one connection for each kubelet, and what a {@link
 * ServerModel} says of them and of the replicas behind. Counts what is asked, and breaks when told to. All watches of the
 * store must come through here. For one thread, that of its scheduler.
 */
public final class VirtualNetwork {

    /** What a kubelet can ask. */
    public enum Verb {
        LIST(dev.kubechurn.sim.apiserver.Verb.LIST),
        WATCH(dev.kubechurn.sim.apiserver.Verb.WATCH),
        GET(dev.kubechurn.sim.apiserver.Verb.GET);

        private final dev.kubechurn.sim.apiserver.Verb counted;

        Verb(dev.kubechurn.sim.apiserver.Verb counted) {
            this.counted = counted;
        }

        dev.kubechurn.sim.apiserver.Verb counted() {
            return counted;
        }
    }

    private final ApiStore store;
    private final Scheduler scheduler;
    private final ServerModel model;
    private final RandomStreams randoms;
    private final TokenBucket.Limit limit;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<VirtualConnection> connections = new ArrayList<>();
    private final NetworkRecorder recorder = new NetworkRecorder();
    private final Map<Verb, LongAdder> calls = new EnumMap<>(Verb.class);
    private final ServerStatistics statistics = new ServerStatistics();
    private final TypedEvents events;

    /** Watches that the server closed during a partition: their kubelets believe them open. */
    private final Set<VirtualWatch> cutOff = new LinkedHashSet<>();

    /** The resourceVersion that a list gave last, as a number and as text. */
    private long listedRevision;

    private String listedVersion = "0";

    private @Nullable StaleState stale;
    private ApiError.@Nullable Status lastWords;
    private final RequestFaults requestFaults = new RequestFaults();

    /** Null: nobody asks who costs what. */
    private @Nullable RequestTally tally;

    /** All nodes are cut off, those that connect later too. */
    private boolean partitioned;

    /** A network without delay, to a server without limits. */
    public VirtualNetwork(ApiStore store, Scheduler scheduler) {
        this(store, scheduler, ServerModel.INSTANT, new RandomStreams(0));
    }

    /** @param randoms for latencies and the choice of replicas, by node */
    public VirtualNetwork(ApiStore store, Scheduler scheduler, ServerModel model, RandomStreams randoms) {
        this.store = store;
        this.scheduler = scheduler;
        this.model = model;
        this.randoms = randoms;
        this.limit = TokenBucket.Limit.of(model.qps(), model.burst());
        this.events = new TypedEvents(store.codec());
        store.addBookmarkListener((bookmark, watches) -> statistics.eventsSent(watches, bookmark.utf8Bytes()));
        for (Verb verb : Verb.values()) {
            calls.put(verb, new LongAdder());
        }
        for (int i = 0; i < model.replicas(); i++) {
            replicas.add(new Replica(model));
        }
    }

    /** Connects the kubelet of a node. */
    public VirtualConnection connect(int node) {
        VirtualConnection connection = new VirtualConnection(this, node);
        connections.add(connection);
        return connection;
    }

    /** The API for one kind of object, over a connection of its own. */
    public <T extends HasMetadata> ObjectApi<T> api(ObjectKind<T> kind) {
        return connect(0).api(kind);
    }

    // ---- what it tells ------------------------------------------------------------------------------------------

    /** How many requests were sent, whatever became of them; one that is sent again after a 429 counts once. */
    public int calls(Verb verb) {
        return Objects.requireNonNull(calls.get(verb)).intValue();
    }

    /** What reached the server, and what it sent, as a server over HTTP would count it. */
    public ServerStatistics statistics() {
        return statistics;
    }

    /** The most that events on their way to any kubelet have ever been slowed down by. */
    public long slowestNanos() {
        return connections.stream()
                .mapToLong(VirtualConnection::slowestNanos)
                .max()
                .orElse(0);
    }

    /** From now on counts by node and object too. */
    public void tally(RequestTally into) {
        tally = into;
    }

    @Nullable
    RequestTally tally() {
        return tally;
    }

    /** From now on takes the latencies of what begins at or after {@code nanos}, on the scheduler's clock. */
    public void measureFrom(long nanos) {
        recorder.measureFrom(nanos);
    }

    /** How many requests and watches wait for their turn: for a token, a second try, a stream or a place. */
    public int waiting() {
        return recorder.waiting() + replicas.stream().mapToInt(Replica::waiting).sum();
    }

    /** How many requests and watches are on their way or being served: those with a stream that are no open watch. */
    public int underWay() {
        return connections.stream().mapToInt(VirtualConnection::underWay).sum();
    }

    /** What the model has seen so far. */
    public NetworkFigures figures() {
        long missing = connections.stream()
                .mapToLong(VirtualConnection::nodeStatusesMissing)
                .sum();
        return recorder.figures(replicas.stream().map(Replica::figures).toList(), missing);
    }

    /** What the watches are on that neither side has closed, one entry for each watch. */
    public List<ObjectId> openWatches() {
        Stream<ObjectId> held = store.openWatches().stream()
                .map(watch -> new ObjectId(
                        watch.resource().plural(),
                        new ObjectKey(watch.namespace(), watch.name().orElse(""))));
        return Stream.concat(held, cutOff.stream().map(VirtualWatch::id))
                .sorted()
                .toList();
    }

    // ---- what is done to it -------------------------------------------------------------------------------------

    /** From now on kubelets send no node status. */
    public void quiet() {
        quiet(node -> true);
    }

    /** From now on the kubelets of these nodes send no node status. */
    public void quiet(IntPredicate nodes) {
        connectionsOf(nodes).forEach(VirtualConnection::quiet);
    }

    /** Ends every open watch as a stream ends; during a partition nobody hears of it. */
    public void dropWatches() {
        if (!partitioned) {
            dropWatches(() -> true);
        }
    }

    /** Ends the open watches that are drawn, by resource and in the order of their opening, as a stream ends. */
    public void dropWatches(BooleanSupplier drawn) {
        end(null, watch -> drawn.getAsBoolean());
    }

    /** Compacts the history up to now, and ends every open watch with an ERROR event, 410 Expired. */
    public void expireWatches() {
        if (partitioned) {
            store.compactAll();
        } else {
            expireWatches(() -> true);
        }
    }

    /** Compacts the history up to now, and ends the watches that are drawn with an ERROR event, 410 Expired. */
    public void expireWatches(BooleanSupplier drawn) {
        store.compactAll();
        end(new ApiError.Status(410, "Expired", "too old resource version"), watch -> drawn.getAsBoolean());
    }

    /** Has the next {@code times} requests of a verb answered with an error. */
    public void failNext(Verb verb, ApiError.Status error, int times) {
        requestFaults.failNext(verb, error, times);
    }

    /** From now on the requests of a verb that are drawn are answered with an error; ends when the answer is run. */
    public Runnable fail(Verb verb, ApiError.Status error, BooleanSupplier drawn) {
        return requestFaults.fail(verb, error, drawn);
    }

    /** From now on the requests of a verb that are drawn take so much longer; ends when the answer is run. */
    public Runnable delay(Verb verb, long byNanos, BooleanSupplier drawn) {
        return requestFaults.delay(verb, byNanos, drawn);
    }

    /** From now on open watches are silent and new requests are refused. */
    public void partition() {
        if (!partitioned) {
            partitioned = true;
            cutOff(connections);
        }
    }

    /** From now on the nodes' open watches are silent and their new requests are refused; heals when the answer is run. */
    public Runnable partition(IntPredicate nodes) {
        List<VirtualConnection> of = connectionsOf(nodes);
        cutOff(of);
        return () -> reconnect(of);
    }

    /** From now on the events of the nodes' watches come so much later; ends when the answer is run. */
    public Runnable slowWatchers(IntPredicate nodes, long byNanos) {
        List<VirtualConnection> of = connectionsOf(nodes);
        of.forEach(connection -> connection.slowDown(byNanos));
        return () -> of.forEach(connection -> connection.slowDown(-byNanos));
    }

    /**
     * Takes a replica down: it answers what it has, its watches end, and nobody reaches it; kubelets go to another one that
     * is up. Comes up again when the answer is run.
     */
    public Runnable takeDown(int index) {
        Replica replica = replicas.get(index);
        replica.goDown();
        end(null, watch -> watch.connection().replica() == replica);
        return replica::comeUp;
    }

    /** Takes all replicas down; when they come up again they know no history. */
    public Runnable takeDownAll() {
        List<Runnable> ends = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            ends.add(takeDown(i));
        }
        return () -> {
            store.compactAll();
            ends.forEach(Runnable::run);
        };
    }

    public int replicas() {
        return replicas.size();
    }

    /** From now on reads of version "0" are answered from the state of this moment. */
    public void staleReads() {
        store.takeState(state -> stale = state);
    }

    /** Ends stale reads, which closes nothing. */
    public void freshReads() {
        stale = null;
    }

    /** The version that a read of version "0" gets now, if the server's cache stands still. */
    public OptionalLong staleRevision() {
        return stale == null ? OptionalLong.empty() : OptionalLong.of(stale.revision());
    }

    /** Ends a partition of all nodes, and with it every watch that is open; ends stale reads, which closes nothing. */
    public void heal() {
        freshReads();
        if (partitioned) {
            partitioned = false;
            reconnect(connections);
        }
    }

    private List<VirtualConnection> connectionsOf(IntPredicate nodes) {
        return connections.stream()
                .filter(connection -> nodes.test(connection.node()))
                .toList();
    }

    private void cutOff(List<VirtualConnection> of) {
        Set<VirtualConnection> these = identities(of);
        store.endLateBookmarks(sink -> these.contains(((VirtualWatch) sink).connection()));
        of.forEach(connection -> connection.cut(true));
    }

    private void reconnect(List<VirtualConnection> of) {
        of.forEach(connection -> connection.cut(false));
        Set<VirtualConnection> these = identities(of);
        these.removeIf(VirtualConnection::isCutOff);
        end(null, watch -> these.contains(watch.connection()));
        List<VirtualWatch> unheard = cutOff.stream()
                .filter(watch -> these.contains(watch.connection()))
                .toList();
        cutOff.removeAll(unheard);
        unheard.forEach(VirtualWatch::closed);
    }

    private static Set<VirtualConnection> identities(List<VirtualConnection> of) {
        Set<VirtualConnection> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(of);
        return set;
    }

    /** All watches of the store come through here. */
    private void end(ApiError.@Nullable Status error, Predicate<VirtualWatch> which) {
        lastWords = error;
        store.dropWatchesOf(sink -> which.test((VirtualWatch) sink));
        lastWords = null;
    }

    // ---- for connections ----------------------------------------------------------------------------------------

    ApiStore store() {
        return store;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    ServerModel model() {
        return model;
    }

    RandomStreams randoms() {
        return randoms;
    }

    NetworkRecorder recorder() {
        return recorder;
    }

    TokenBucket newTokenBucket() {
        return new TokenBucket(limit);
    }

    /** The replica that a new connection goes to. */
    Replica replica(SplittableRandom random) {
        return replicas.get(random.nextInt(replicas.size()));
    }

    void sent(Verb verb) {
        Objects.requireNonNull(calls.get(verb)).increment();
    }

    Optional<Replica> replicaThatIsUp(SplittableRandom random) {
        List<Replica> up =
                replicas.stream().filter(replica -> !replica.isDown()).toList();
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
    }

    /** Why a request that arrives now is refused, if it is. */
    @Nullable
    ApiError refusal(Verb verb, VirtualConnection connection, Replica replica) {
        if (!reaches(connection, replica)) {
            return new ApiError.ConnectionRefused("connection refused");
        }
        ApiError.Status injected = requestFaults.refusal(verb);
        if (injected != null) {
            statistics.answered(
                    verb.counted(), injected.code(), injected.message().length());
        }
        return injected;
    }

    /** Whether a request gets to its replica; if that is down the connection moves on to one that is up. */
    boolean reaches(VirtualConnection connection, Replica replica) {
        if (replica.isDown() && connection.replica() == replica) {
            connection.moveOn();
        }
        return !connection.isCutOff() && !replica.isDown();
    }

    /** A revision as lists give it: the same text for all lists between two commits, since each reflector keeps it. */
    String resourceVersion(long revision) {
        if (revision != listedRevision) {
            listedRevision = revision;
            listedVersion = Long.toString(revision);
        }
        return listedVersion;
    }

    /** How much longer a request that begins now takes than the model says. */
    long delayNanos(Verb verb) {
        return requestFaults.delayNanos(verb);
    }

    /** What a server's cache that no longer follows holds, if there is one. */
    Optional<StaleState> stale() {
        return Optional.ofNullable(stale);
    }

    TypedEvents events() {
        return events;
    }

    /** What the server says before it closes a watch, if it says anything. */
    ApiError.@Nullable Status lastWords() {
        return lastWords;
    }

    /** @param ofConnection how many it now has in use */
    void streamTaken(int ofConnection) {
        recorder.streamsInUse(ofConnection);
    }

    void opened(VirtualWatch watch, VirtualConnection connection) {
        statistics.watchOpened();
        if (tally != null) {
            tally.opened(watch.place());
        }
        connection.watchOpened();
        connection.replica().watchOpened();
    }

    void closed(VirtualWatch watch, VirtualConnection connection) {
        cutOff.remove(watch);
        statistics.watchClosed();
        if (tally != null) {
            tally.closed(watch.place());
        }
        connection.watchClosed();
        connection.replica().watchClosed();
    }

    /** The server closed a watch and its kubelet cannot hear of it. */
    void cutOff(VirtualWatch watch) {
        cutOff.add(watch);
    }
}
