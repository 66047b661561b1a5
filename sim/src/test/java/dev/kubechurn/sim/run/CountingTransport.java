package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A transport whose requests, watch events and updates are counted on the kubelets' side, independently of the server:
 * for each object, and of the watches how many are open at once. Safe from any thread.
 */
final class CountingTransport extends ForwardingTransport {

    static final String EVENT = "event";
    static final String BOOKMARK = "bookmark";

    private final Witness witness;
    private final ConcurrentHashMap<String, ConcurrentHashMap<ObjectId, LongAdder>> counts = new ConcurrentHashMap<>();
    private final LongAdder updates = new LongAdder();
    private final AtomicInteger peakSeen = new AtomicInteger();
    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicInteger watchesPeak = new AtomicInteger();

    CountingTransport(Transport real) {
        this(real, (verb, object) -> {});
    }

    /** @param witness told of each request before it is sent */
    CountingTransport(Transport real, Witness witness) {
        super(real);
        this.witness = witness;
    }

    /** Hears of requests. */
    @FunctionalInterface
    interface Witness {
        void asked(String verb, ObjectId object);
    }

    long requests(String verb) {
        return perObject(verb).values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * How often each object was asked for, or how many events it had.
     *
     * @param what {@code list}, {@code watch}, {@code get}, {@link #EVENT} (any but a bookmark) or {@link #BOOKMARK}
     */
    SortedMap<ObjectId, Long> perObject(String what) {
        SortedMap<ObjectId, Long> totals = new TreeMap<>();
        counts.getOrDefault(what, new ConcurrentHashMap<>()).forEach((id, count) -> totals.put(id, count.sum()));
        return totals;
    }

    long updates() {
        return updates.sum();
    }

    /** The most watches that any look at the server found open. */
    int peakSeen() {
        return peakSeen.get();
    }

    /** Watches that were asked for and are not over. */
    int watches() {
        return watches.get();
    }

    /** The most that there were at once. */
    int watchesPeak() {
        return watchesPeak.get();
    }

    @Override
    public ObjectApi<ConfigMap> configMaps(int node) {
        return new Counting<>(super.configMaps(node), ObjectKind.CONFIG_MAP);
    }

    @Override
    public ObjectApi<Secret> secrets(int node) {
        return new Counting<>(super.secrets(node), ObjectKind.SECRET);
    }

    @Override
    public ObjectWriter writer() {
        ObjectWriter writer = super.writer();
        return new ObjectWriter() {
            @Override
            public void create(HasMetadata object) {
                writer.create(object);
            }

            @Override
            public void update(HasMetadata object) {
                writer.update(object);
                updates.increment();
            }

            @Override
            public void delete(ObjectKind<?> kind, ObjectKey key) {
                writer.delete(kind, key);
            }
        };
    }

    @Override
    public Map<ObjectId, Integer> openWatches() {
        Map<ObjectId, Integer> open = super.openWatches();
        peakSeen.accumulateAndGet(
                open.values().stream().mapToInt(Integer::intValue).sum(), Math::max);
        return open;
    }

    private void count(String what, ObjectId object) {
        counts.computeIfAbsent(what, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(object, any -> new LongAdder())
                .increment();
    }

    private void asked(String verb, ObjectId object) {
        count(verb, object);
        witness.asked(verb, object);
    }

    private final class Counting<T extends HasMetadata> implements ObjectApi<T> {

        private final ObjectApi<T> api;
        private final ObjectKind<T> kind;

        Counting(ObjectApi<T> api, ObjectKind<T> kind) {
            this.api = api;
            this.kind = kind;
        }

        @Override
        public Class<T> type() {
            return api.type();
        }

        @Override
        public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
            asked("list", ObjectId.of(kind, key));
            return api.list(key, resourceVersion, handler);
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
            ObjectId object = ObjectId.of(kind, key);
            asked("watch", object);
            CountedWatch watch = new CountedWatch(object, handler);
            Call call = api.watch(key, options, watch);
            return () -> {
                watch.over();
                call.cancel();
            };
        }

        @Override
        public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
            asked("get", ObjectId.of(kind, key));
            return api.get(key, resourceVersion, handler);
        }
    }

    /** Open from its request until either side ends it. */
    private final class CountedWatch implements ObjectApi.WatchHandler {

        private final ObjectId object;
        private final ObjectApi.WatchHandler handler;
        private final AtomicBoolean open = new AtomicBoolean(true);

        CountedWatch(ObjectId object, ObjectApi.WatchHandler handler) {
            this.object = object;
            this.handler = handler;
            watchesPeak.accumulateAndGet(watches.incrementAndGet(), Math::max);
        }

        void over() {
            if (open.compareAndSet(true, false)) {
                watches.decrementAndGet();
            }
        }

        @Override
        public void event(WatchEvent event) {
            count(event instanceof WatchEvent.Bookmark ? BOOKMARK : EVENT, object);
            handler.event(event);
        }

        @Override
        public void closed() {
            over();
            handler.closed();
        }

        @Override
        public void failed(ApiError error) {
            over();
            handler.failed(error);
        }
    }
}
