package dev.kubechurn.bench;

import dev.kubechurn.core.pod.PodReferences;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find the names in a PodSpec, once for each spec; beside the floor, a loop that knows where they are. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class ReferenceExtractionBenchmark {

    /** One pod. */
    @State(Scope.Benchmark)
    public static class Named {

        @Param({"0", "4", "40"})
        int references;

        private @Nullable Pod pod;

        @Setup(Level.Trial)
        public void setUp() {
            pod = ManagerState.pod("pod", 0, references);
            if (!bareLoop(pod()).equals(PodReferences.configMaps(pod().getSpec()))) {
                throw new IllegalStateException("the two do not find the same names");
            }
        }

        Pod pod() {
            return Objects.requireNonNull(pod);
        }
    }

    @Benchmark
    public List<String> configMaps(Named named) {
        return PodReferences.configMaps(named.pod().getSpec());
    }

    @Benchmark
    public List<String> floor(Named named) {
        return bareLoop(named.pod());
    }

    /** In this pod no name comes twice: nothing is compared. */
    private static List<String> bareLoop(Pod pod) {
        List<String> names = new ArrayList<>();
        for (EnvFromSource source : pod.getSpec().getContainers().get(0).getEnvFrom()) {
            names.add(source.getConfigMapRef().getName());
        }
        return names;
    }
}
