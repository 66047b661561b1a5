package dev.kubechurn.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Objects;
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

/** What it costs to register a pod: the same one again, a changed one, and a new one that comes and goes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RegistrationBenchmark {

    /** A manager with one pod registered, and what is registered against it. */
    @State(Scope.Thread)
    public static class Registered {

        @Param({"1", "4", "16"})
        int refs;

        private @Nullable ManagerState state;
        private @Nullable Pod known;
        private @Nullable Pod changed;
        private @Nullable Pod passing;
        private boolean toggle;

        /** Registers the pod and lets its objects arrive. */
        @Setup(Level.Trial)
        public void setUp() {
            ManagerState fresh = new ManagerState();
            Pod pod = ManagerState.pod("known", 0, refs);
            fresh.manager().registerPod(pod);
            fresh.api().answer();
            state = fresh;
            known = pod;
            changed = new PodBuilder(pod).build();
            passing = ManagerState.pod("passing", 0, refs);
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            state().close();
        }

        ManagerState state() {
            return Objects.requireNonNull(state);
        }
    }

    /** The very same pod again: what each sync of a pod costs. */
    @Benchmark
    public void known(Registered registered) {
        registered.state().manager().registerPod(Objects.requireNonNull(registered.known));
    }

    /** Another instance of the pod that names the same objects: an update that matters not. */
    @Benchmark
    public void updated(Registered registered) {
        registered.toggle = !registered.toggle;
        registered
                .state()
                .manager()
                .registerPod(Objects.requireNonNull(registered.toggle ? registered.changed : registered.known));
    }

    /** A new pod that names objects others hold already, and its end. */
    @Benchmark
    public void comeAndGo(Registered registered) {
        Pod pod = Objects.requireNonNull(registered.passing);
        registered.state().manager().registerPod(pod);
        registered.state().manager().unregisterPod(pod);
    }
}
