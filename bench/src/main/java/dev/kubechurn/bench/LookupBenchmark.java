package dev.kubechurn.bench;

import io.fabric8.kubernetes.api.model.ConfigMap;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read a synced object, beside the floor: one lookup in a bare map. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LookupBenchmark {

    /** A manager with synced objects, and the same objects in a bare map. */
    @State(Scope.Thread)
    public static class Synced {

        @Param({"30", "1000"})
        int objects;

        private final ConcurrentHashMap<String, ConfigMap> bare = new ConcurrentHashMap<>();
        private String[] names = {};
        private @Nullable ManagerState state;
        private int next;

        /** Registers one pod that names all objects and lets them arrive. */
        @Setup(Level.Trial)
        public void setUp() {
            ManagerState fresh = new ManagerState();
            fresh.manager().registerPod(ManagerState.pod("reader", 0, objects));
            fresh.api().answer();
            names = new String[objects];
            for (int i = 0; i < objects; i++) {
                names[i] = ManagerState.configMap(i);
                bare.put(names[i], Objects.requireNonNull(fresh.manager().getNow(ManagerState.NAMESPACE, names[i])));
            }
            state = fresh;
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            Objects.requireNonNull(state).close();
        }

        String nextName() {
            next = next + 1 == names.length ? 0 : next + 1;
            return names[next];
        }
    }

    @Benchmark
    public @Nullable ConfigMap manager(Synced synced) {
        return Objects.requireNonNull(synced.state).manager().getNow(ManagerState.NAMESPACE, synced.nextName());
    }

    @Benchmark
    public @Nullable ConfigMap bareMap(Synced synced) {
        return synced.bare.get(synced.nextName());
    }
}
