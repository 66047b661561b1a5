package dev.kubechurn.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node's pods are made of is drawn from the node's own stream. */
final class NodePodsTest {

    private static final SyntheticLoad LOAD = new SyntheticLoad(
            3,
            new SyntheticLoad.Objects(50, 2, Draw.constant(100), 0.1),
            new SyntheticLoad.Objects(20, 1, Draw.constant(100), 0.1),
            10,
            new References(2, 1, 1, 0.3, 1.1, true),
            Draw.exponential(1_000_000));

    @Test
    void aNodesPodsDependOnNoOtherNodesPods() {
        WorkloadPlan alone = plan(9);
        WorkloadPlan beside = plan(9);
        List<PodTemplate> expected = pods(alone.podsOf(3));
        for (int node = 0; node < 40; node++) {
            List<PodTemplate> pods = pods(beside.podsOf(node));
            if (node == 3) {
                assertThat(pods).isEqualTo(expected);
            } else {
                assertThat(pods).isNotEqualTo(expected);
            }
        }
        assertThat(pods(plan(10).podsOf(3))).as("another seed").isNotEqualTo(expected);
    }

    private static WorkloadPlan plan(long seed) {
        return WorkloadPlan.of(LOAD, new Churn.Steady(1), new UpdateLoad(1, 0, 0), new RandomStreams(seed));
    }

    private static List<PodTemplate> pods(PodSource source) {
        List<PodTemplate> pods = new ArrayList<>();
        for (int slot = 0; slot < source.slots(); slot++) {
            pods.add(source.next(slot));
            source.nextLifetimeNanos();
        }
        return pods;
    }
}
