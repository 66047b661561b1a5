package dev.kubechurn.bench;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
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
 * What it costs to read what is not there: an object that pods name and the server does not have, and one that no pod names,
 * among 10,000 that are there. The manager tells which of the two it is, and the others say nothing but "none".
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class LookupMissBenchmark {

    private static final int OBJECTS = 10_000;
    private static final int ASKED = 1 << 12;

    /** Names that nothing is found under. */
    @State(Scope.Benchmark)
    public static class Asked {

        @Param({"missing", "unregistered"})
        String kind = "";

        private final List<String> names = new ArrayList<>();

        @Setup(Level.Trial)
        public void setUp() {
            for (int i = 0; i < ASKED; i++) {
                names.add(kind + "-" + i);
            }
        }

        String name(int turn) {
            return names.get(turn & (ASKED - 1));
        }
    }

    /** What the manager says, and how far the thread has come. */
    @State(Scope.Thread)
    public static class Answer implements Reader<ConfigMap> {

        private @Nullable LookupError error;
        private int turn;

        @Override
        public void found(ConfigMap object) {
            throw new IllegalStateException("found an object that does not exist");
        }

        @Override
        public void failed(LookupError failure) {
            error = failure;
        }

        int next() {
            return turn++;
        }
    }

    /** Our manager, and each of the others with the objects that are there. */
    @State(Scope.Benchmark)
    public static class Stores {

        private @Nullable ManagerState state;
        private final ConcurrentHashMap<ObjectKey, ConfigMap> bare = new ConcurrentHashMap<>();
        private final CacheImpl<ConfigMap> fabric8 = new CacheImpl<>();
        private final Lister<ConfigMap> fabric8Lister = new Lister<>(fabric8);
        private final Cache<V1ConfigMap> official = new Cache<>();
        private final io.kubernetes.client.informer.cache.Lister<V1ConfigMap> officialLister =
                new io.kubernetes.client.informer.cache.Lister<>(official);

        @Setup(Level.Trial)
        public void setUp(Asked asked, Answer answer) {
            ManagerState fresh = new ManagerState();
            List<String> registered = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                ObjectKey key = new ObjectKey(ManagerState.NAMESPACE, ManagerState.configMap(i));
                registered.add(key.name());
                bare.put(key, InMemoryApi.configMap(key, "1"));
                fabric8.put(InMemoryApi.configMap(key, "1"));
                official.add(new V1ConfigMap()
                        .metadata(new V1ObjectMeta().namespace(key.namespace()).name(key.name())));
            }
            for (int i = 0; i < ASKED; i++) {
                registered.add("missing-" + i);
            }
            fresh.manager().registerPod(ManagerState.pod(ManagerState.NAMESPACE, "reader", registered));
            fresh.api().answer();
            state = fresh;
            manager().get(ManagerState.NAMESPACE, asked.name(0), answer);
            boolean unregistered = answer.error instanceof LookupError.NotRegistered;
            if (unregistered != asked.kind.equals("unregistered")) {
                throw new IllegalStateException("the manager returned " + answer.error);
            }
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            requireNonNull(state).close();
        }

        ObjectManager<ConfigMap> manager() {
            return requireNonNull(state).manager();
        }
    }

    @Benchmark
    public @Nullable LookupError manager(Asked asked, Stores stores, Answer answer) {
        stores.manager().get(ManagerState.NAMESPACE, asked.name(answer.next()), answer);
        return answer.error;
    }

    @Benchmark
    public @Nullable ConfigMap floor(Asked asked, Stores stores, Answer answer) {
        return stores.bare.get(new ObjectKey(ManagerState.NAMESPACE, asked.name(answer.next())));
    }

    @Benchmark
    public @Nullable ConfigMap fabric8Lister(Asked asked, Stores stores, Answer answer) {
        return stores.fabric8Lister.namespace(ManagerState.NAMESPACE).get(asked.name(answer.next()));
    }

    @Benchmark
    public @Nullable V1ConfigMap officialLister(Asked asked, Stores stores, Answer answer) {
        return stores.officialLister.namespace(ManagerState.NAMESPACE).get(asked.name(answer.next()));
    }
}
