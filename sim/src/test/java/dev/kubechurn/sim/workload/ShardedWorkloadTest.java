package dev.kubechurn.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.cluster.PodSlots;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.cluster.SlotsElsewhere;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.engine.VirtualTime;
import dev.kubechurn.sim.shard.Shard;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many processes share a load, together they do what one would do alone, and nothing twice. */
final class ShardedWorkloadTest {

    private static final int NODES = 7;
    private static final Duration LENGTH = Duration.ofSeconds(60);

    private final SplittableRandom random = new SplittableRandom();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 7})
    void allWritesAreThoseOfOneProcess(int count) {
        long seed = random.nextLong();
        UpdateLoad updates = new UpdateLoad(5, 0.3, 1.1, 0.2, TimeUnit.SECONDS.toNanos(3));
        List<String> whole = writes(seed, updates, Shard.WHOLE);
        List<String> together = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            together.addAll(writes(seed, updates, new Shard(index, count)));
        }
        assertThat(together).as("seed %d", seed).hasSizeGreaterThan(200).containsExactlyInAnyOrderElementsOf(whole);
    }

    private static List<String> writes(long seed, UpdateLoad updates, Shard shard) {
        WorkloadPlan plan = plan(seed, new Churn.Steady(0), updates);
        VirtualTime time = new VirtualTime();
        List<String> written = new ArrayList<>();
        plan.initialObjects(shard).forEach(object -> written.add("first " + object));
        Workload workload =
                plan.workload(time, new ClusterPart(shard, List.of(), List::of, NODES), new Writes(time, written));
        workload.start(0);
        time.advance(LENGTH);
        assertThat(plan.updatesWritten() + plan.deletionsWritten())
                .isEqualTo(written.stream()
                        .filter(line -> line.contains(" update ") || line.contains(" delete "))
                        .count());
        return written;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cyclesChooseAmongThePodsOfAllProcesses(boolean wholeNamespaces) {
        long seed = random.nextLong();
        Churn.Cycles churn = new Churn.Cycles(
                0.3,
                0,
                TimeUnit.SECONDS.toNanos(5),
                TimeUnit.SECONDS.toNanos(1),
                TimeUnit.SECONDS.toNanos(50),
                wholeNamespaces,
                2,
                3);
        List<String> whole = churned(seed, churn, Shard.WHOLE);
        List<String> together = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            together.addAll(churned(seed, churn, new Shard(index, 3)));
        }
        assertThat(together).as("seed %d", seed).hasSizeGreaterThan(30).containsExactlyInAnyOrderElementsOf(whole);
    }

    private static List<String> churned(long seed, Churn churn, Shard shard) {
        WorkloadPlan plan = plan(seed, churn, new UpdateLoad(0, 0, 0));
        VirtualTime time = new VirtualTime();
        List<String> done = new ArrayList<>();
        List<PodSlots> slots = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            int number = node;
            // The last node comes up in the middle.
            PodSlots there = new SlotsElsewhere(
                    plan.podsOf(node), () -> number < NODES - 1 || time.nanos() > TimeUnit.SECONDS.toNanos(20));
            slots.add(shard.owns(node) ? new Recorded(there, "node " + node, time, done) : there);
        }
        plan.workload(
                        time,
                        new ClusterPart(shard, List.of(), () -> slots, plan.pods(NODES)),
                        new Writes(time, new ArrayList<>()))
                .start(0);
        time.advance(LENGTH);
        return done;
    }

    private static WorkloadPlan plan(long seed, Churn churn, UpdateLoad updates) {
        SyntheticLoad load = new SyntheticLoad(
                4,
                new SyntheticLoad.Objects(30, 2, Draw.constant(40), 0.1),
                new SyntheticLoad.Objects(10, 1, Draw.constant(40), 0.1),
                5,
                new References(1, 1, 1, 0.3, 1.1, true),
                Draw.constant(Long.MAX_VALUE));
        return WorkloadPlan.of(load, churn, updates, new RandomStreams(seed));
    }

    /** Tells what is written, and when. */
    private record Writes(VirtualTime time, List<String> into) implements ObjectWriter {

        @Override
        public void create(HasMetadata object) {
            into.add(time.nanos() + " create " + object);
        }

        @Override
        public void update(HasMetadata object) {
            into.add(time.nanos() + " update " + object);
        }

        @Override
        public void delete(ObjectKind<?> kind, ObjectKey key) {
            into.add(time.nanos() + " delete " + kind + " " + key);
        }
    }

    /** Tells what becomes of a node's pods, and when. */
    private record Recorded(PodSlots of, String name, VirtualTime time, List<String> into) implements PodSlots {

        @Override
        public int slots() {
            return of.slots();
        }

        @Override
        public @Nullable PodTemplate template(int slot) {
            return of.template(slot);
        }

        @Override
        public void delete(int slot) {
            into.add(time.nanos() + " delete " + name + " " + slot);
            of.delete(slot);
        }

        @Override
        public void fill(int slot, PodTemplate template, long dueNanos) {
            into.add(time.nanos() + " fill " + name + " " + slot + " " + template);
            of.fill(slot, template, dueNanos);
        }
    }
}
