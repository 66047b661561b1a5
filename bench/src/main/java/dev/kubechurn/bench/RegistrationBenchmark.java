package dev.kubechurn.bench;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.manager.ObjectManager;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
 * What it costs to register a pod: the same one again, an equal one, one that comes and goes with objects that others hold
 * already, and one that is the only one to name its objects; beside the floor, the same changes of counts in a bare map. Each
 * thread has a pod of its own and all share one manager: {@code -t 2} is two pods that name the same ConfigMaps.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class RegistrationBenchmark {

    /** A manager on which one pod holds all objects. */
    @State(Scope.Benchmark)
    public static class Held {

        @Param({"0", "4", "40"})
        int references;

        final ConcurrentHashMap<ObjectKey, Integer> counts = new ConcurrentHashMap<>();
        final ConcurrentHashMap<String, Pod> pods = new ConcurrentHashMap<>();
        final AtomicInteger threads = new AtomicInteger();
        private @Nullable ManagerState state;

        /** Registers the pod and lets its objects arrive. */
        @Setup(Level.Trial)
        public void setUp() {
            ManagerState fresh = new ManagerState();
            fresh.manager().registerPod(ManagerState.pod("holder", 0, references));
            fresh.api().answer();
            for (int i = 0; i < references; i++) {
                counts.put(new ObjectKey(ManagerState.NAMESPACE, ManagerState.configMap(i)), 1);
            }
            state = fresh;
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            requireNonNull(state).close();
        }

        ObjectManager<ConfigMap> manager() {
            return requireNonNull(state).manager();
        }

        ManagerState state() {
            return requireNonNull(state);
        }
    }

    /** The pods of one thread. */
    @State(Scope.Thread)
    public static class Mine {

        private @Nullable Pod known;
        private @Nullable Pod equal;
        private @Nullable Pod passing;
        private @Nullable Pod alone;
        private List<ObjectKey> keys = List.of();
        private boolean toggle;

        @Setup(Level.Trial)
        public void setUp(Held held) {
            String thread = "-" + held.threads.incrementAndGet();
            Pod pod = ManagerState.pod("known" + thread, 0, held.references);
            held.manager().registerPod(pod);
            known = pod;
            equal = new PodBuilder(pod).build();
            passing = ManagerState.pod("passing" + thread, 0, held.references);
            alone = ManagerState.pod("alone" + thread, 1000 * held.threads.get(), held.references);
            keys = new ArrayList<>(held.counts.keySet());
        }
    }

    /** The very same pod again: what each sync of a pod costs. */
    @Benchmark
    public void unchanged(Held held, Mine mine) {
        held.manager().registerPod(requireNonNull(mine.known));
    }

    /** Another instance of the pod that names the same objects: an update that matters not. */
    @Benchmark
    public void equalCopy(Held held, Mine mine) {
        mine.toggle = !mine.toggle;
        held.manager().registerPod(requireNonNull(mine.toggle ? mine.equal : mine.known));
    }

    /** A pod that names objects others hold already, and its end. */
    @Benchmark
    public void knownReferences(Held held, Mine mine) {
        Pod pod = requireNonNull(mine.passing);
        held.manager().registerPod(pod);
        held.manager().unregisterPod(pod);
    }

    /** A pod that nobody shares its objects with, and its end: reflectors begin to list, and are stopped. One thread only. */
    @Benchmark
    public void newReferences(Held held, Mine mine) {
        Pod pod = requireNonNull(mine.alone);
        held.manager().registerPod(pod);
        held.manager().unregisterPod(pod);
        held.state().api().drop();
    }

    /** The same counts in a bare map: one up and one down for each object, and the pod in another map. */
    @Benchmark
    public void floor(Held held, Mine mine) {
        Pod pod = requireNonNull(mine.passing);
        held.pods.put(pod.getMetadata().getUid(), pod);
        for (ObjectKey key : mine.keys) {
            held.counts.merge(key, 1, Integer::sum);
        }
        for (ObjectKey key : mine.keys) {
            held.counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
        held.pods.remove(pod.getMetadata().getUid());
    }
}
