package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.sim.cluster.PodSlots;
import dev.kubechurn.sim.cluster.PodTemplate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * kube-burner's churn: before each cycle it asks whether the time is over, then whether the cycles are; deletes a share of the
 * cluster, waits, makes the same anew, waits. Pods come back in their slots and name what they named before.
 */
final class ChurnCycles extends Timer {

    /** Between two cycles: something always takes time. */
    private static final long LEAST_NANOS = 1_000_000;

    private final Scheduler scheduler;
    private final List<PodSlots> nodes;
    private final List<String> namespaces;
    private final Churn.Cycles churn;
    private final SplittableRandom random;
    private final CreationRate rate;

    // Guarded by this.
    private final Deque<Slot> oldestFirst = new ArrayDeque<>();
    private final Deque<Slot> toDelete = new ArrayDeque<>();
    private final Deque<Slot> toCreate = new ArrayDeque<>();
    private Stage stage = Stage.RESTING;
    private long startNanos;
    private long dueNanos;
    private int done;
    private boolean stopped;

    /** A place for a pod; with what it named, while it is away. */
    private record Slot(PodSlots node, int index, @Nullable PodTemplate template) {}

    private enum Stage {
        RESTING,
        DELETING,
        CREATING
    }

    /**
     * A churn that has not begun.
     *
     * @param nodes of the whole cluster, in their order
     * @param namespaces all that pods can be in, in the order in which they were made
     */
    ChurnCycles(
            Scheduler scheduler,
            List<? extends PodSlots> nodes,
            List<String> namespaces,
            Churn.Cycles churn,
            SplittableRandom random) {
        this.scheduler = scheduler;
        this.nodes = List.copyOf(nodes);
        this.namespaces = List.copyOf(namespaces);
        this.churn = churn;
        this.random = random;
        this.rate = new CreationRate(churn.qps(), churn.burst());
        for (PodSlots node : nodes) {
            for (int slot = 0; slot < node.slots(); slot++) {
                oldestFirst.add(new Slot(node, slot, null));
            }
        }
    }

    synchronized void start(long fromNanos) {
        startNanos = fromNanos;
        at(fromNanos + churn.delayNanos());
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
        switch (stage) {
            case RESTING -> begin();
            case DELETING -> delete();
            case CREATING -> create();
        }
    }

    private void begin() {
        if (isOver()) {
            return;
        }
        toDelete.addAll(churn.wholeNamespaces() ? ofNamespaces() : oldest());
        stage = Stage.DELETING;
        delete();
    }

    /** Asked in this order before each cycle; whichever comes first ends the churn. */
    private boolean isOver() {
        if (churn.durationNanos() == 0 && churn.cycles() == 0) {
            return true; // as kube-burner has it: churn is off
        }
        boolean late = churn.durationNanos() > 0 && dueNanos - startNanos >= churn.durationNanos();
        return late || (churn.cycles() > 0 && done >= churn.cycles());
    }

    /** All pods of neighbouring namespaces, from a random one on. */
    private List<Slot> ofNamespaces() {
        int count = share(namespaces.size());
        int first = random.nextInt(namespaces.size() - count + 1);
        Set<String> chosen = new HashSet<>(namespaces.subList(first, first + count));
        Map<String, List<Slot>> byNamespace = new TreeMap<>();
        for (PodSlots node : nodes) {
            for (int slot = 0; slot < node.slots(); slot++) {
                PodTemplate template = node.template(slot);
                if (template != null && chosen.contains(template.namespace())) {
                    byNamespace
                            .computeIfAbsent(template.namespace(), any -> new ArrayList<>())
                            .add(new Slot(node, slot, template));
                }
            }
        }
        return namespaces.subList(first, first + count).stream()
                .flatMap(namespace -> byNamespace.getOrDefault(namespace, List.of()).stream())
                .toList();
    }

    /** Those that have been there longest; they will be the youngest. */
    private List<Slot> oldest() {
        List<Slot> chosen = new ArrayList<>();
        for (int i = share(oldestFirst.size()); i > 0; i--) {
            Slot slot = oldestFirst.remove();
            oldestFirst.add(slot);
            PodTemplate template = slot.node().template(slot.index());
            if (template != null) {
                chosen.add(new Slot(slot.node(), slot.index(), template));
            }
        }
        return chosen;
    }

    /** Rounded down, but one at least. */
    private int share(int of) {
        return Math.min(of, Math.max(1, (int) (churn.share() * of)));
    }

    /** A namespace is one request, and the server deletes what is in it: only single pods are kept to the rate. */
    private void delete() {
        while (!toDelete.isEmpty()) {
            long wait = churn.wholeNamespaces() ? 0 : rate.take(scheduler.nanos());
            if (wait > 0) {
                at(scheduler.nanos() + wait);
                return;
            }
            Slot slot = toDelete.remove();
            slot.node().delete(slot.index());
            toCreate.add(slot);
        }
        stage = Stage.CREATING;
        if (churn.deleteDelayNanos() > 0) {
            at(scheduler.nanos() + churn.deleteDelayNanos());
        } else {
            create();
        }
    }

    private void create() {
        while (!toCreate.isEmpty()) {
            long now = scheduler.nanos();
            long wait = rate.take(now);
            if (wait > 0) {
                at(now + wait);
                return;
            }
            Slot slot = toCreate.remove();
            if (slot.template() != null) {
                slot.node().fill(slot.index(), slot.template(), now);
            }
        }
        done++;
        stage = Stage.RESTING;
        at(scheduler.nanos() + Math.max(LEAST_NANOS, churn.delayNanos()));
    }

    private void at(long nanos) {
        dueNanos = nanos;
        if (!stopped) {
            scheduler.schedule(this, nanos - scheduler.nanos());
        }
    }
}
