package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.cluster.SimulatedNode;
import dev.kubechurn.sim.engine.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything that happens to a cluster while it runs: pods are replaced, objects are updated. Each node and the updates
 * draw from streams of their own, so that another division of the nodes over processes makes the same load.
 *
 * <p>Start and stop it from one thread.
 */
public final class Workload {

    private final List<PoissonProcess> processes = new ArrayList<>();
    private final List<ChurnCycles> cycles = new ArrayList<>();
    private final List<Updates> changing = new ArrayList<>();

    Workload() {}

    /**
     * Adds the churn of some nodes of a cluster: of a rate each gets the share that it has of the cluster's pods.
     *
     * @param slots pods of the whole cluster, whatever part of it these nodes are
     */
    void churn(Scheduler scheduler, List<SimulatedNode> nodes, long slots, Churn.Steady churn, RandomStreams streams) {
        for (SimulatedNode node : nodes) {
            if (node.slots() == 0) {
                continue;
            }
            SplittableRandom random = streams.stream("churn", node.index());
            processes.add(new PoissonProcess(
                    scheduler,
                    random,
                    churn.perSecond() * node.slots() / slots,
                    due -> node.replace(random.nextInt(node.slots()), due)));
        }
    }

    /** Adds churn in cycles, over all nodes together. */
    void churn(ChurnCycles churn) {
        cycles.add(churn);
    }

    void updates(Scheduler scheduler, Updates updates, double perSecond, SplittableRandom gaps) {
        if (updates.possible()) {
            processes.add(new PoissonProcess(scheduler, gaps, perSecond, due -> updates.next()));
            changing.add(updates);
        }
    }

    /** Begins at {@code fromNanos} on the scheduler's clock. */
    public void start(long fromNanos) {
        processes.forEach(process -> process.start(fromNanos));
        cycles.forEach(cycle -> cycle.start(fromNanos));
    }

    /** Nothing begins any more; what is happening just now ends by itself. */
    public void stop() {
        processes.forEach(PoissonProcess::stop);
        cycles.forEach(ChurnCycles::stop);
        changing.forEach(Updates::stop);
    }
}
