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

    /** Adds the churn of the nodes that live here: of a rate each gets the share that it has of the whole cluster's pods. */
    void churn(Scheduler scheduler, ClusterPart part, Churn.Steady churn, RandomStreams streams) {
        for (SimulatedNode node : part.nodes()) {
            if (node.slots() == 0) {
                continue;
            }
            SplittableRandom random = streams.stream("churn", node.index());
            processes.add(new PoissonProcess(
                    scheduler,
                    random,
                    churn.perSecond() * node.slots() / part.pods(),
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

    /**
     * What is due before {@code untilNanos} is still done, however late, and nothing after it.
     *
     * @param over told when no more is to come
     */
    public void finish(long untilNanos, Runnable over) {
        processes.forEach(process -> process.finish(untilNanos, over));
    }

    /** Whether all that {@link #finish} waits for has been done. */
    public boolean isOver() {
        return processes.stream().allMatch(PoissonProcess::isOver);
    }

    /** Nothing begins any more; what is happening just now ends by itself. */
    public void stop() {
        processes.forEach(PoissonProcess::stop);
        cycles.forEach(ChurnCycles::stop);
        changing.forEach(Updates::stop);
    }
}
