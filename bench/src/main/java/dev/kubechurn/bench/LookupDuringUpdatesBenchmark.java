package dev.kubechurn.bench;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.manager.ObjectManager;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.informers.cache.Lister;
import io.fabric8.kubernetes.client.informers.impl.cache.CacheImpl;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read a synced object while another thread takes in new versions of all objects, one after the other and
 * without a pause; beside the floor and fabric8's lister, whose stores take in the same versions. It wants two cores.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class LookupDuringUpdatesBenchmark {

    private static final int OBJECTS = 10_000;

    /** How far the thread has come. */
    @State(Scope.Thread)
    public static class Turn {

        private int turn;

        int next() {
            return turn++;
        }
    }

    private interface Update {
        void of(int object);
    }

    /** Takes in versions until it is stopped. */
    private static final class Updater implements AutoCloseable {

        private final Thread thread;
        private volatile boolean over;
        private volatile @Nullable RuntimeException failure;

        Updater(Update update) {
            thread = new Thread(() -> run(update), "updates");
            thread.start();
        }

        private void run(Update update) {
            try {
                for (int object = 0; !over; object = (object + 1) % OBJECTS) {
                    update.of(object);
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        @Override
        public void close() {
            over = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (failure != null) {
                throw new IllegalStateException("the updates failed", failure);
            }
        }
    }

    /** The keys, and two versions of each object. */
    @State(Scope.Benchmark)
    public static class Objects {

        final Keys keys = new Keys(OBJECTS, true, false);
        final List<ConfigMap> versions = new ArrayList<>();
        final List<WatchEvent> events = new ArrayList<>();

        @Setup(Level.Trial)
        public void setUp() {
            for (int i = 0; i < OBJECTS; i++) {
                ConfigMap version = InMemoryApi.configMap(keys.key(i), "2");
                versions.add(version);
                events.add(new WatchEvent.Modified(version));
            }
        }
    }

    /** Our manager while updates arrive. */
    @State(Scope.Benchmark)
    public static class Ours {

        private @Nullable ManagerState state;
        private @Nullable Updater updater;

        @Setup(Level.Trial)
        public void setUp(Objects objects) {
            ManagerState fresh = new ManagerState();
            fresh.sync(objects.keys);
            state = fresh;
            List<ObjectApi.WatchHandler> watches = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                watches.add(fresh.api().watchOf(objects.keys.key(i)));
            }
            updater = new Updater(i -> watches.get(i).event(objects.events.get(i)));
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            requireNonNull(updater).close();
            requireNonNull(state).close();
        }

        ObjectManager<ConfigMap> manager() {
            return requireNonNull(state).manager();
        }
    }

    /** A bare map while updates arrive. */
    @State(Scope.Benchmark)
    public static class Bare {

        private final ConcurrentHashMap<ObjectKey, ConfigMap> map = new ConcurrentHashMap<>();
        private @Nullable Updater updater;

        @Setup(Level.Trial)
        public void setUp(Objects objects) {
            Update update = i -> map.put(objects.keys.key(i), objects.versions.get(i));
            for (int i = 0; i < OBJECTS; i++) {
                update.of(i);
            }
            updater = new Updater(update);
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            requireNonNull(updater).close();
        }
    }

    /** The store of fabric8's informers while updates arrive. */
    @State(Scope.Benchmark)
    public static class Fabric8 {

        private final CacheImpl<ConfigMap> cache = new CacheImpl<>();
        private final Lister<ConfigMap> lister = new Lister<>(cache);
        private @Nullable Updater updater;

        @Setup(Level.Trial)
        public void setUp(Objects objects) {
            Update update = i -> cache.put(objects.versions.get(i));
            for (int i = 0; i < OBJECTS; i++) {
                update.of(i);
            }
            updater = new Updater(update);
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            requireNonNull(updater).close();
        }
    }

    @Benchmark
    public @Nullable ConfigMap manager(Objects objects, Ours ours, Turn turn) {
        int next = turn.next();
        return ours.manager().getNow(objects.keys.askedNamespace(next), objects.keys.askedName(next));
    }

    @Benchmark
    public @Nullable ConfigMap floor(Objects objects, Bare bare, Turn turn) {
        return bare.map.get(objects.keys.asked(turn.next()));
    }

    @Benchmark
    public @Nullable ConfigMap fabric8Lister(Objects objects, Fabric8 fabric8, Turn turn) {
        int next = turn.next();
        return fabric8.lister.namespace(objects.keys.askedNamespace(next)).get(objects.keys.askedName(next));
    }
}
