package dev.kubechurn.bench;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.ListResult;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.StoredObject;
import dev.kubechurn.sim.apiserver.WatchRequest;
import dev.kubechurn.sim.apiserver.WatchSink;
import dev.kubechurn.sim.engine.VirtualTime;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Instant;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an update costs the simulated API server: with so many watches of the object itself, and with one watch of it among so
 * many of others; and what a list of one name costs among so many objects.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 5,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
public class ApiStoreBenchmark {

    private static final ObjectKey KEY = new ObjectKey("namespace-0", "config-0");

    /** A store whose time stands still. */
    private static ApiStore store() {
        return new ApiStore(ApiStore.Limits.DEFAULT, new VirtualTime(), () -> Instant.EPOCH, new SplittableRandom(1));
    }

    /** Takes events and counts them. */
    private static final class Counting implements WatchSink {

        private long events;

        @Override
        public void event(EncodedEvent event) {
            events++;
        }

        @Override
        public void closed() {
            throw new IllegalStateException("the watch was closed");
        }
    }

    private static void watch(ApiStore store, ObjectKey key, Counting sink) {
        store.watch(
                WatchRequest.from(store.selection(Resource.CONFIGMAPS, key), Long.toString(store.revision())), sink);
    }

    /** One object that many watch. */
    @State(Scope.Thread)
    public static class ManyWatchers {

        @Param({"1", "1000", "100000"})
        int watchers;

        private final Counting sink = new Counting();
        private final ConfigMap[] versions = new ConfigMap[2];
        private @Nullable ApiStore store;
        private int turn;

        @Setup(Level.Trial)
        public void setUp() {
            ApiStore fresh = store();
            fresh.create(InMemoryApi.configMap(KEY, ""));
            for (int i = 0; i < watchers; i++) {
                watch(fresh, KEY, sink);
            }
            versions[0] = InMemoryApi.configMap(KEY, "");
            versions[1] = InMemoryApi.configMap(KEY, "");
            versions[1].getData().put("key", "other");
            fresh.update(versions[1]);
            if (sink.events != watchers) {
                throw new IllegalStateException(sink.events + " events for " + watchers + " watchers");
            }
            store = fresh;
        }

        ConfigMap next() {
            return versions[turn++ & 1];
        }
    }

    /** Many objects, each with one watch. */
    @State(Scope.Thread)
    public static class ManyObjects {

        @Param({"1000", "1000000"})
        int objects;

        private final Counting sink = new Counting();
        private final ConfigMap[] versions = new ConfigMap[2];
        private @Nullable ApiStore store;
        private int turn;

        @Setup(Level.Trial)
        public void setUp() {
            ApiStore fresh = store();
            Keys keys = new Keys(objects, false, false);
            for (int i = 0; i < objects; i++) {
                fresh.create(InMemoryApi.configMap(keys.key(i), ""));
            }
            for (int i = 0; i < objects; i++) {
                watch(fresh, keys.key(i), sink);
            }
            versions[0] = InMemoryApi.configMap(keys.key(0), "");
            versions[1] = InMemoryApi.configMap(keys.key(0), "");
            versions[1].getData().put("key", "other");
            store = fresh;
        }

        ConfigMap next() {
            return versions[turn++ & 1];
        }
    }

    @Benchmark
    public StoredObject updateWithWatchers(ManyWatchers many) {
        return requireNonNull(many.store).update(many.next());
    }

    @Benchmark
    public StoredObject updateAmongOthers(ManyObjects many) {
        return requireNonNull(many.store).update(many.next());
    }

    @Benchmark
    public ListResult listByName(ManyObjects many) {
        ApiStore store = requireNonNull(many.store);
        return store.list(ListRequest.newest(store.selection(Resource.CONFIGMAPS, KEY)));
    }
}
