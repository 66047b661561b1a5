package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An API server for tests of concurrency: every object exists, answers come on the threads of a pool, and some watches
 * end after an event. Safe from any thread.
 */
public final class PoolServer implements ObjectApi<ConfigMap> {

    private final PoolScheduler pool;
    private final AtomicLong revision = new AtomicLong(1);
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrentHashMap<ObjectKey, AtomicInteger> open = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<ObjectKey> leaks = new ConcurrentSkipListSet<>();

    public PoolServer(PoolScheduler pool) {
        this.pool = pool;
    }

    @Override
    public Class<ConfigMap> type() {
        return ConfigMap.class;
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<ConfigMap> handler) {
        AtomicBoolean cancelled = new AtomicBoolean();
        execute(() -> {
            if (!cancelled.get()) {
                ConfigMap object = next(key);
                handler.listed(object.getMetadata().getResourceVersion(), List.of(object));
            }
        });
        return () -> cancelled.set(true);
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        OpenWatch watch = new OpenWatch(key, handler);
        execute(watch::go);
        return watch;
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<ConfigMap> handler) {
        throw new AssertionError("a watching store gets nothing");
    }

    /** The watches that neither side has closed, sorted; one entry for each. */
    public List<ObjectKey> openWatches() {
        return open.entrySet().stream()
                .flatMap(entry -> Collections.nCopies(entry.getValue().get(), entry.getKey()).stream())
                .sorted()
                .toList();
    }

    /** Objects that ever had two watches open at once. */
    public List<ObjectKey> leaks() {
        return List.copyOf(leaks);
    }

    /** Whether no answer is under way. */
    public boolean quiet() {
        return underWay.get() == 0;
    }

    private void execute(Runnable answer) {
        underWay.incrementAndGet();
        pool.execute(() -> {
            try {
                answer.run();
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    /** Objects whose name begins with {@code frozen} are immutable. */
    private ConfigMap next(ObjectKey key) {
        return new ConfigMapBuilder(Samples.configMap(key.namespace(), key.name(), "v"))
                .withImmutable(key.name().startsWith("frozen") ? Boolean.TRUE : null)
                .editMetadata()
                .withResourceVersion(Long.toString(revision.incrementAndGet()))
                .endMetadata()
                .build();
    }

    private final class OpenWatch implements Call {

        private final ObjectKey key;
        private final WatchHandler handler;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger openForKey;

        OpenWatch(ObjectKey key, WatchHandler handler) {
            this.key = key;
            this.handler = handler;
            this.openForKey = open.computeIfAbsent(key, k -> new AtomicInteger());
            if (openForKey.incrementAndGet() > 1) {
                leaks.add(key);
            }
        }

        void go() {
            if (over.get()) {
                return;
            }
            handler.event(new WatchEvent.Modified(next(key)));
            if (ThreadLocalRandom.current().nextInt(4) == 0 && close()) {
                handler.closed();
            }
        }

        @Override
        public void cancel() {
            boolean unused = close();
        }

        private boolean close() {
            boolean first = over.compareAndSet(false, true);
            if (first) {
                openForKey.decrementAndGet();
            }
            return first;
        }
    }
}
