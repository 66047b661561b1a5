package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.cluster.Cluster;
import dev.kubechurn.sim.cluster.SimulatedNode;
import dev.kubechurn.sim.engine.SkewedClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * What faults can do to kubelets, whatever the way to the server.
 *
 * @param nodes of the whole cluster, whatever part of it lives here
 * @param clocks those of the kubelets, by node; empty: none of them can jump
 */
record FaultyKubelets(int nodes, Cluster cluster, Scheduler scheduler, List<SkewedClock> clocks) {

    FaultyKubelets {
        clocks = List.copyOf(clocks);
    }

    void jumpClocks(IntPredicate nodes, Duration by) {
        for (int node = 0; node < clocks.size(); node++) {
            if (nodes.test(node)) {
                clocks.get(node).jump(by.toNanos());
            }
        }
    }

    void restart(IntPredicate nodes) {
        long now = scheduler.nanos();
        each(nodes, node -> node.restart(now));
    }

    void lose(IntPredicate nodes) {
        each(nodes, SimulatedNode::drain);
    }

    private void each(IntPredicate nodes, Consumer<SimulatedNode> action) {
        for (SimulatedNode node : cluster.nodes()) {
            if (nodes.test(node.index())) {
                action.accept(node);
            }
        }
    }
}
