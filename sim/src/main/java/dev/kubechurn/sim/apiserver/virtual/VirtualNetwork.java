package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ServerStatistics;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way between kubelets and one {@link ApiStore} in virtual time: counts what is asked, knows the open watches, and
 * breaks when told to. For one thread, that of its scheduler.
 */
public final class VirtualNetwork {

    /** What a kubelet can ask. */
    public enum Verb {
        LIST,
        WATCH,
        GET;

        dev.kubechurn.sim.apiserver.Verb counted() {
            return dev.kubechurn.sim.apiserver.Verb.valueOf(name());
        }
    }

    private final ApiStore store;
    private final Scheduler scheduler;
    private final Map<Verb, Integer> calls = new EnumMap<>(Verb.class);
    private final Map<Verb, Deque<ApiError.Status>> failures = new EnumMap<>(Verb.class);
    private final ServerStatistics statistics = new ServerStatistics();
    private final TypedObjects typed;
    private final Set<VirtualWatch> open = new LinkedHashSet<>();
    private boolean partitioned;
    private @Nullable StaleState stale;

    public VirtualNetwork(ApiStore store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
        this.typed = new TypedObjects(store.codec());
        for (Verb verb : Verb.values()) {
            calls.put(verb, 0);
            failures.put(verb, new ArrayDeque<>());
        }
    }

    /** The API for one kind of object over this network. */
    public <T extends HasMetadata> ObjectApi<T> api(ObjectKind<T> kind) {
        return new VirtualApi<>(this, store, kind);
    }

    /** How many requests were sent, whatever became of them. */
    public int calls(Verb verb) {
        return calls.getOrDefault(verb, 0);
    }

    /** What reached the server, and what it sent, as a server over HTTP would count it. */
    public ServerStatistics statistics() {
        return statistics;
    }

    /** What the watches are on that neither side has closed, one entry for each watch. */
    public List<ObjectId> openWatches() {
        return open.stream().map(VirtualWatch::id).sorted().toList();
    }

    /** Ends every open watch as a stream ends; during a partition nobody hears of it. */
    public void dropWatches() {
        if (!partitioned) {
            endAll(List.of());
        }
    }

    /** Compacts the history up to now, and ends every open watch with an ERROR event, 410 Expired. */
    public void expireWatches() {
        store.compactAll();
        if (!partitioned) {
            endAll(List.of(new ApiError.Status(410, "Expired", "too old resource version")));
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
            endAll(List.of());
        }
    }

    private void endAll(List<ApiError.Status> errors) {
        for (VirtualWatch watch : new ArrayList<>(open)) {
            watch.end(errors);
        }
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
        Deque<ApiError.Status> queue = failures.get(verb);
        return queue == null ? null : queue.poll();
    }

    boolean isPartitioned() {
        return partitioned;
    }

    @Nullable
    StaleState stale() {
        return stale;
    }

    TypedObjects typed() {
        return typed;
    }

    void opened(VirtualWatch watch) {
        open.add(watch);
        statistics.watchOpened();
    }

    void closed(VirtualWatch watch) {
        if (open.remove(watch)) {
            statistics.watchClosed();
        }
    }

    /** Does the work in this moment, but not within this call. */
    Timer soon(Runnable work) {
        Timer timer = new Timer() {
            @Override
            public void fire() {
                work.run();
            }
        };
        scheduler.schedule(timer, 0);
        return timer;
    }

    void cancel(Timer timer) {
        scheduler.cancel(timer);
    }
}
