package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A transport whose requests and updates are counted on the kubelets' side, independently of the server. */
final class CountingTransport implements Transport {

    private final Transport real;
    private final ConcurrentHashMap<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder updates = new LongAdder();
    private final AtomicInteger peak = new AtomicInteger();

    CountingTransport(Transport real) {
        this.real = real;
    }

    long requests(String verb) {
        LongAdder counted = requests.get(verb);
        return counted == null ? 0 : counted.sum();
    }

    long updates() {
        return updates.sum();
    }

    /** The most watches that any look at the server found open. */
    int peakSeen() {
        return peak.get();
    }

    @Override
    public String title() {
        return real.title();
    }

    @Override
    public String caution() {
        return real.caution();
    }

    @Override
    public ObjectApi<ConfigMap> configMaps(int node) {
        return new Counting<>(real.configMaps(node));
    }

    @Override
    public ObjectApi<Secret> secrets(int node) {
        return new Counting<>(real.secrets(node));
    }

    @Override
    public ObjectWriter writer() {
        ObjectWriter writer = real.writer();
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
        };
    }

    @Override
    public ServerLoad load() {
        return real.load();
    }

    @Override
    public SortedMap<ObjectId, Integer> openWatches() {
        SortedMap<ObjectId, Integer> open = real.openWatches();
        peak.accumulateAndGet(open.values().stream().mapToInt(Integer::intValue).sum(), Math::max);
        return open;
    }

    @Override
    public void close() {
        real.close();
    }

    private void count(String verb) {
        requests.computeIfAbsent(verb, v -> new LongAdder()).increment();
    }

    private final class Counting<T extends HasMetadata> implements ObjectApi<T> {

        private final ObjectApi<T> api;

        Counting(ObjectApi<T> api) {
            this.api = api;
        }

        @Override
        public Class<T> type() {
            return api.type();
        }

        @Override
        public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
            count("list");
            return api.list(key, resourceVersion, handler);
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
            count("watch");
            return api.watch(key, options, handler);
        }

        @Override
        public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
            count("get");
            return api.get(key, resourceVersion, handler);
        }
    }
}
