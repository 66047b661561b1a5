package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.ServerStatistics;
import dev.kubechurn.sim.apiserver.StoredObject;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
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
    private final Map<Verb, Integer> calls = new EnumMap<>(Verb.class);
    private final Map<Verb, Deque<ApiError.Status>> failures = new EnumMap<>(Verb.class);
    private final ServerStatistics statistics = new ServerStatistics();
    private final TypedObjects typed;
    private final Map<Resource, Map<ObjectKey, Selection>> selections = new EnumMap<>(Resource.class);

    /** Watches that the server closed during a partition: their kubelets believe them open. */
    private final Set<VirtualWatch> cutOff = new LinkedHashSet<>();

    private int streams;
    private boolean partitioned;
    private @Nullable StaleState stale;
    private ApiError.@Nullable Status lastWords;

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
        this.typed = new TypedObjects(store.codec());
        store.addBookmarkListener((bookmark, watches) -> statistics.eventsSent(watches, bookmark.utf8Bytes()));
        for (Resource resource : Resource.values()) {
            selections.put(resource, new HashMap<>());
        }
        for (int i = 0; i < model.replicas(); i++) {
            replicas.add(new Replica(model));
        }
        for (Verb verb : Verb.values()) {
            calls.put(verb, 0);
            failures.put(verb, new ArrayDeque<>());
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
        return calls.getOrDefault(verb, 0);
    }

    /** What reached the server, and what it sent, as a server over HTTP would count it. */
    public ServerStatistics statistics() {
        return statistics;
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
        return streams - store.openWatchCount() - cutOff.size();
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
        connections.forEach(VirtualConnection::quiet);
    }

    /** Ends every open watch as a stream ends; during a partition nobody hears of it. */
    public void dropWatches() {
        if (!partitioned) {
            endAll(null);
        }
    }

    /** Compacts the history up to now, and ends every open watch with an ERROR event, 410 Expired. */
    public void expireWatches() {
        store.compactAll();
        if (!partitioned) {
            endAll(new ApiError.Status(410, "Expired", "too old resource version"));
        }
    }

    /** Has the next {@code times} requests of a verb answered with an error. */
    public void failNext(Verb verb, ApiError.Status error, int times) {
        Deque<ApiError.Status> queue = failures.get(verb);
        for (int i = 0; queue != null && i < times; i++) {
            queue.add(error);
        }
    }

    /** From now on open watches are silent and new requests are refused. */
    public void partition() {
        store.endLateBookmarks();
        partitioned = true;
    }

    /** From now on reads of version "0" are answered from the state of this moment. */
    public void staleReads() {
        stale = new StaleState(store);
    }

    /** Ends a partition, and with it every watch that is open; ends stale reads, which closes nothing. */
    public void heal() {
        stale = null;
        if (partitioned) {
            partitioned = false;
            endAll(null);
        }
    }

    private void endAll(ApiError.@Nullable Status error) {
        lastWords = error;
        store.dropWatches(watch -> true);
        List<VirtualWatch> unheard = List.copyOf(cutOff);
        cutOff.clear();
        unheard.forEach(VirtualWatch::closed);
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
        calls.merge(verb, 1, Integer::sum);
    }

    /** Why a request that arrives now is refused, if it is. */
    @Nullable
    ApiError refusal(Verb verb) {
        if (partitioned) {
            return new ApiError.ConnectionRefused("connection refused");
        }
        return Objects.requireNonNull(failures.get(verb)).poll();
    }

    boolean isPartitioned() {
        return partitioned;
    }

    @Nullable
    StaleState stale() {
        return stale;
    }

    /** What selects one object; one for all who ask for it, with the store's own key. */
    Selection selection(Resource resource, ObjectKey key) {
        Map<ObjectKey, Selection> made = Objects.requireNonNull(selections.get(resource));
        Selection selection = made.get(key);
        if (selection == null) {
            ObjectKey known = known(resource, key);
            selection = Selection.ofName(resource, known);
            made.put(known, selection);
        }
        return selection;
    }

    private ObjectKey known(Resource resource, ObjectKey key) {
        return store.find(resource, key.namespace(), key.name())
                .map(StoredObject::key)
                .orElse(key);
    }

    TypedObjects typed() {
        return typed;
    }

    /** What the server says before it closes a watch, if it says anything. */
    ApiError.@Nullable Status lastWords() {
        return lastWords;
    }

    /** @param ofConnection how many it now has in use */
    void streamTaken(int ofConnection) {
        streams++;
        recorder.streamsInUse(ofConnection);
    }

    void streamReleased() {
        streams--;
    }

    void opened(VirtualConnection connection) {
        statistics.watchOpened();
        connection.replica().watchOpened();
    }

    void closed(VirtualWatch watch, VirtualConnection connection) {
        cutOff.remove(watch);
        statistics.watchClosed();
        connection.replica().watchClosed();
    }

    /** The server closed a watch and its kubelet cannot hear of it. */
    void cutOff(VirtualWatch watch) {
        cutOff.add(watch);
    }
}
