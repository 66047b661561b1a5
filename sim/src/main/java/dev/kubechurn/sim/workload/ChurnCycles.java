package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.sim.cluster.SimulatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** kube-burner's churn on one node: delete a share of the pods, wait, start others in their place, wait, repeat. */
final class ChurnCycles extends Timer {

    private final Scheduler scheduler;
    private final SimulatedNode node;
    private final Churn.Cycles churn;
    private final SplittableRandom random;
    // Guarded by this.
    private final List<Integer> empty = new ArrayList<>();
    private long startNanos;
    private long nextNanos;
    private int done;
    private boolean stopped;

    ChurnCycles(Scheduler scheduler, SimulatedNode node, Churn.Cycles churn, SplittableRandom random) {
        this.scheduler = scheduler;
        this.node = node;
        this.churn = churn;
        this.random = random;
    }

    synchronized void start(long fromNanos) {
        startNanos = fromNanos;
        next(fromNanos + churn.delayNanos());
    }

    synchronized void stop() {
        stopped = true;
        scheduler.cancel(this);
    }

    @Override
    public synchronized void fire() {
        if (stopped) {
            return;
        }
        if (empty.isEmpty()) {
            delete();
            next(nextNanos + churn.deleteDelayNanos());
        } else {
            empty.forEach(slot -> node.fill(slot, nextNanos));
            empty.clear();
            done++;
            next(nextNanos + churn.delayNanos());
        }
    }

    private void delete() {
        double wanted = churn.share() * node.slots();
        int count = (int) wanted + (random.nextDouble() < wanted - (int) wanted ? 1 : 0);
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < node.slots(); slot++) {
            slots.add(slot);
        }
        for (int i = 0; i < count; i++) {
            int slot = slots.remove(random.nextInt(slots.size()));
            node.delete(slot);
            empty.add(slot);
        }
        if (empty.isEmpty()) {
            done++;
        }
    }

    private void next(long dueNanos) {
        nextNanos = dueNanos;
        boolean over = done >= churn.cycles() || dueNanos - startNanos > churn.durationNanos();
        if (!stopped && (!over || !empty.isEmpty())) {
            scheduler.schedule(this, dueNanos - scheduler.nanos());
        }
    }
}
