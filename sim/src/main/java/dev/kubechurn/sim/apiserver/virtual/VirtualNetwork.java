package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ServerStatistics;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way between kubelets and one {@link ApiStore} in virtual time: one connection for each kubelet, and what a {@link
 * ServerModel} says of them and of the replicas behind. Counts what is asked. {@link #faults} break it. All watches of the
 * store must come through here. For one thread, that of its scheduler.
 */
public final class VirtualNetwork {

    private final ApiStore store;
    private final Scheduler scheduler;
    private final ServerModel model;
    private final RandomStreams randoms;
    private final TokenBucket.Limit limit;
    private final Replicas replicas;
    private final List<VirtualConnection> connections = new ArrayList<>();
    private final NetworkRecorder recorder = new NetworkRecorder();
    private final Map<KubeletVerb, LongAdder> calls = new EnumMap<>(KubeletVerb.class);
    private final ServerStatistics statistics = new ServerStatistics();
    private final TypedEvents events;
    private final NetworkFaults faults;

    /** The resourceVersion that a list gave last, as a number and as text. */
    private long listedRevision;

    private String listedVersion = "0";

    /** Null: nobody asks who costs what. */
    private @Nullable RequestTally tally;

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
        this.replicas = new Replicas(model);
        this.faults = new NetworkFaults(store, replicas, connections);
        store.addBookmarkListener((bookmark, watches) -> statistics.eventsSent(watches, bookmark.utf8Bytes()));
        for (KubeletVerb verb : KubeletVerb.values()) {
            calls.put(verb, new LongAdder());
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

    /** What can go wrong here. */
    public NetworkFaults faults() {
        return faults;
    }

    /** How many requests were sent, whatever became of them; one that is sent again after a 429 counts once. */
    public int calls(KubeletVerb verb) {
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
        return recorder.waiting() + replicas.waiting();
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
        return recorder.figures(replicas.figures(), missing);
    }

    /** What the watches are on that neither side has closed, one entry for each watch. */
    public List<ObjectId> openWatches() {
        Stream<ObjectId> held = store.openWatches().stream()
                .map(watch -> new ObjectId(
                        watch.resource().plural(),
                        new ObjectKey(watch.namespace(), watch.name().orElse(""))));
        return Stream.concat(held, faults.unheard()).sorted().toList();
    }

    /** From now on kubelets send no node status. */
    public void quiet() {
        quiet(node -> true);
    }

    /** From now on the kubelets of these nodes send no node status. */
    public void quiet(IntPredicate nodes) {
        connections.stream().filter(connection -> nodes.test(connection.node())).forEach(VirtualConnection::quiet);
    }

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

    Replicas replicas() {
        return replicas;
    }

    void sent(KubeletVerb verb) {
        Objects.requireNonNull(calls.get(verb)).increment();
    }

    /** Why a request that arrives now is refused, if it is. */
    @Nullable
    ApiError refusal(KubeletVerb verb, VirtualConnection connection, Replica replica) {
        if (!reaches(connection, replica)) {
            return new ApiError.ConnectionRefused("connection refused");
        }
        ApiError.Status injected = faults.refusal(verb);
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

    TypedEvents events() {
        return events;
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
        faults.heard(watch);
        statistics.watchClosed();
        if (tally != null) {
            tally.closed(watch.place());
        }
        connection.watchClosed();
        connection.replica().watchClosed();
    }
}
