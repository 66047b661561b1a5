package dev.kubechurn.bench;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.store.ObjectHandle;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.informers.cache.Lister;
import io.fabric8.kubernetes.client.informers.impl.cache.CacheImpl;
import io.kubernetes.client.informer.cache.Cache;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read a synced object by its namespace and name: beside the floor, one lookup in a bare map with a key
 * that is ready, and beside the listers of fabric8 and of the official client. All give the object for the same keys in the
 * same order. The state is shared, so that {@code -t 2} reads the same objects with two threads.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 5,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC"})
public class LookupBenchmark {

    /** Which objects, and in which order. */
    @State(Scope.Benchmark)
    public static class Asked {

        @Param({"100", "10000", "1000000"})
        int objects;

        @Param({"equal", "same"})
        String keys = "";

        @Param({"uniform", "zipf"})
        String popularity = "";

        private @Nullable Keys made;

        @Setup(Level.Trial)
        public void setUp() {
            made = new Keys(objects, keys.equals("equal"), popularity.equals("zipf"));
        }

        Keys keys() {
            return requireNonNull(made);
        }
    }

    /** How far a thread has come. */
    @State(Scope.Thread)
    public static class Turn {

        private int turn;

        int next() {
            return turn++;
        }
    }

    /** A manager with all objects synced, and a handle of each. */
    @State(Scope.Benchmark)
    public static class Ours {

        private @Nullable ManagerState state;
        private List<ObjectHandle<ConfigMap>> handles = List.of();

        @Setup(Level.Trial)
        public void setUp(Asked asked) {
            ManagerState fresh = new ManagerState();
            fresh.sync(asked.keys());
            state = fresh;
            handles = new ArrayList<>();
            for (int turn = 0; turn < 1 << 14; turn++) {
                ObjectKey key = asked.keys().asked(turn);
                requireSame(key, requireNonNull(manager().getNow(key.namespace(), key.name())));
                handles.add(manager().handle(key.namespace(), key.name()));
            }
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            requireNonNull(state).close();
        }

        ObjectManager<ConfigMap> manager() {
            return requireNonNull(state).manager();
        }

        ObjectHandle<ConfigMap> handle(int turn) {
            return handles.get(turn & ((1 << 14) - 1));
        }
    }

    /** The same objects in a bare map. */
    @State(Scope.Benchmark)
    public static class Bare {

        final ConcurrentHashMap<ObjectKey, ConfigMap> map = new ConcurrentHashMap<>();

        @Setup(Level.Trial)
        public void setUp(Asked asked) {
            forEach(asked, key -> map.put(key, InMemoryApi.configMap(key, "1")));
            check(asked, key -> requireNonNull(map.get(key)));
        }
    }

    /** The same objects in the store of fabric8's informers. */
    @State(Scope.Benchmark)
    public static class Fabric8 {

        private final CacheImpl<ConfigMap> cache = new CacheImpl<>();
        final Lister<ConfigMap> lister = new Lister<>(cache);

        @Setup(Level.Trial)
        public void setUp(Asked asked) {
            forEach(asked, key -> cache.put(InMemoryApi.configMap(key, "1")));
            check(asked, key -> lister.namespace(key.namespace()).get(key.name()));
        }
    }

    /** The same objects, of the official client's type, in the cache of its informers. */
    @State(Scope.Benchmark)
    public static class Official {

        private final Cache<V1ConfigMap> cache = new Cache<>();
        final io.kubernetes.client.informer.cache.Lister<V1ConfigMap> lister =
                new io.kubernetes.client.informer.cache.Lister<>(cache);

        @Setup(Level.Trial)
        public void setUp(Asked asked) {
            forEach(
                    asked,
                    key -> cache.add(new V1ConfigMap()
                            .metadata(new V1ObjectMeta()
                                    .namespace(key.namespace())
                                    .name(key.name())
                                    .resourceVersion("1"))
                            .putDataItem("key", "value")));
            for (int turn = 0; turn < 1000; turn++) {
                ObjectKey key = asked.keys().asked(turn);
                V1ObjectMeta found = requireNonNull(
                        lister.namespace(key.namespace()).get(key.name()).getMetadata());
                if (!key.name().equals(found.getName()) || !key.namespace().equals(found.getNamespace())) {
                    throw new IllegalStateException("the lookup of " + key + " gave another object");
                }
            }
        }
    }

    private interface Use {
        void of(ObjectKey key);
    }

    private interface Look {
        ConfigMap up(ObjectKey key);
    }

    private static void forEach(Asked asked, Use use) {
        for (int i = 0; i < asked.objects; i++) {
            use.of(asked.keys().key(i));
        }
    }

    /** Equal work: each gives the object of the key. */
    private static void check(Asked asked, Look look) {
        for (int turn = 0; turn < 1000; turn++) {
            ObjectKey key = asked.keys().asked(turn);
            requireSame(key, look.up(key));
        }
    }

    private static void requireSame(ObjectKey key, ConfigMap found) {
        if (!key.name().equals(found.getMetadata().getName())
                || !key.namespace().equals(found.getMetadata().getNamespace())) {
            throw new IllegalStateException("the lookup of " + key + " gave another object");
        }
    }

    @Benchmark
    public @Nullable ConfigMap manager(Asked asked, Ours ours, Turn turn) {
        int next = turn.next();
        return ours.manager()
                .getNow(asked.keys().askedNamespace(next), asked.keys().askedName(next));
    }

    /** Through handles of 16,384 reads, resolved beforehand: no map at all. */
    @Benchmark
    public @Nullable ConfigMap handle(Ours ours, Turn turn) {
        return ours.handle(turn.next()).getNow();
    }

    @Benchmark
    public @Nullable ConfigMap floor(Asked asked, Bare bare, Turn turn) {
        return bare.map.get(asked.keys().asked(turn.next()));
    }

    /** A key made for the lookup, which the compiler may take away. */
    @Benchmark
    public @Nullable ConfigMap bareMapFromNames(Asked asked, Bare bare, Turn turn) {
        int next = turn.next();
        return bare.map.get(
                new ObjectKey(asked.keys().askedNamespace(next), asked.keys().askedName(next)));
    }

    @Benchmark
    public ConfigMap fabric8Lister(Asked asked, Fabric8 fabric8, Turn turn) {
        int next = turn.next();
        return fabric8.lister
                .namespace(asked.keys().askedNamespace(next))
                .get(asked.keys().askedName(next));
    }

    @Benchmark
    public V1ConfigMap officialLister(Asked asked, Official official, Turn turn) {
        int next = turn.next();
        return official.lister
                .namespace(asked.keys().askedNamespace(next))
                .get(asked.keys().askedName(next));
    }
}
