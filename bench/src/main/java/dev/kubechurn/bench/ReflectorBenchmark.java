package dev.kubechurn.bench;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.impl.cache.CacheImpl;
import io.kubernetes.client.informer.cache.Cache;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to take in a new version of an object from its watch, and all of a reflector's life from the pod that names
 * its object by way of the list's result to the pod's end; beside the floor, one put into a bare map, and what
 * the stores of fabric8's and of the official client's informers do with it. 1,024 versions in turn, made beforehand.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class ReflectorBenchmark {

    private static final int VERSIONS = 1024;
    private static final ObjectKey PASSING = new ObjectKey(ManagerState.NAMESPACE, ManagerState.configMap(1));
    private static final ObjectKey KEY = new ObjectKey(ManagerState.NAMESPACE, ManagerState.configMap(0));

    /** One watched object in each store, and its versions. */
    @State(Scope.Thread)
    public static class Watched {

        private final List<WatchEvent> events = new ArrayList<>();
        private final List<ConfigMap> versions = new ArrayList<>();
        private final List<V1ConfigMap> official = new ArrayList<>();
        private final ConcurrentHashMap<ObjectKey, ConfigMap> bare = new ConcurrentHashMap<>();
        private final CacheImpl<ConfigMap> fabric8 = new CacheImpl<>();
        private final Cache<V1ConfigMap> officialCache = new Cache<>();
        private ObjectApi.@Nullable WatchHandler watch;
        private @Nullable ManagerState state;
        private final Pod passing = ManagerState.pod("passing", 1, 1);
        private int next;

        @Setup(Level.Trial)
        public void setUp() {
            ManagerState fresh = new ManagerState();
            fresh.manager().registerPod(ManagerState.pod("reader", 0, 1));
            fresh.api().answer();
            state = fresh;
            watch = fresh.api().watchOf(KEY);
            for (int version = 0; version < VERSIONS; version++) {
                ConfigMap object = InMemoryApi.configMap(KEY, Integer.toString(2 + version));
                versions.add(object);
                events.add(new WatchEvent.Modified(object));
                official.add(new V1ConfigMap()
                        .metadata(new V1ObjectMeta()
                                .namespace(KEY.namespace())
                                .name(KEY.name())
                                .resourceVersion(Integer.toString(2 + version)))
                        .putDataItem("key", "value"));
            }
            handler().event(events.get(0));
            if (!versions.get(0).equals(fresh.manager().getNow(KEY.namespace(), KEY.name()))) {
                throw new IllegalStateException("the event was not processed");
            }
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            Objects.requireNonNull(state).close();
        }

        ObjectApi.WatchHandler handler() {
            return Objects.requireNonNull(watch);
        }

        int next() {
            next = (next + 1) % VERSIONS;
            return next;
        }
    }

    @Benchmark
    public void event(Watched watched) {
        watched.handler().event(watched.events.get(watched.next()));
    }

    /** A pod comes and names an object, the list brings it, the watch is asked for, and the pod goes. */
    @Benchmark
    public void listed(Watched watched) {
        ManagerState state = Objects.requireNonNull(watched.state);
        state.manager().registerPod(watched.passing);
        state.api().answer();
        state.manager().unregisterPod(watched.passing);
        state.api().forget(PASSING);
    }

    @Benchmark
    public @Nullable ConfigMap floor(Watched watched) {
        return watched.bare.put(KEY, watched.versions.get(watched.next()));
    }

    @Benchmark
    public @Nullable ConfigMap fabric8Store(Watched watched) {
        return watched.fabric8.put(watched.versions.get(watched.next()));
    }

    @Benchmark
    public void officialCache(Watched watched) {
        watched.officialCache.update(watched.official.get(watched.next()));
    }
}
