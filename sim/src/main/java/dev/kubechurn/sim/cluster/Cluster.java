package dev.kubechurn.sim.cluster;

import dev.kubechurn.sim.metrics.ObjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a run. Safe from any thread. */
public final class Cluster {

    private final List<SimulatedNode> nodes;

    public Cluster(List<SimulatedNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    public List<SimulatedNode> nodes() {
        return nodes;
    }

    public int runningPods() {
        return nodes.stream().mapToInt(SimulatedNode::runningPods).sum();
    }

    /** Pods that still lack something they need. */
    public int waitingPods() {
        return nodes.stream().mapToInt(SimulatedNode::waitingPods).sum();
    }

    /** Entries that follow the server and lack its newest version (check 2). */
    public int behind() {
        return nodes.stream().mapToInt(SimulatedNode::behind).sum();
    }

    /** How many watches the entries of all nodes need, for each object (check 1). */
    public Map<ObjectId, Integer> neededWatches() {
        Map<ObjectId, Integer> needed = new HashMap<>();
        for (SimulatedNode node : nodes) {
            node.eachWatched(id -> needed.merge(id, 1, Integer::sum));
        }
        return needed;
    }

    /** How many references the pods ask for, and to how many distinct objects of their nodes. */
    public References references() {
        long references = 0;
        long entries = 0;
        for (SimulatedNode node : nodes) {
            List<Integer> counts = node.references();
            references += counts.stream().mapToInt(Integer::intValue).sum();
            entries += counts.size();
        }
        return new References(references, entries);
    }

    /** Compares the counts of references of every node with its pods (check 5). */
    public void checkReferences() {
        nodes.forEach(SimulatedNode::checkReferences);
    }

    /** From now on no pod comes or goes by itself. */
    public void freeze() {
        nodes.forEach(SimulatedNode::freeze);
    }

    /** Whether every pod has read the newest version of everything that it mounts. */
    public boolean caughtUp() {
        return nodes.stream().allMatch(SimulatedNode::caughtUp);
    }

    /** Deletes every pod; none starts any more. */
    public void drain() {
        nodes.forEach(SimulatedNode::drain);
    }

    /** Shuts the managers of every node down. */
    public void close() {
        nodes.forEach(SimulatedNode::close);
    }

    /**
     * What the pods ask for.
     *
     * @param references pairs of a registered pod and an object that it names
     * @param entries pairs of a node and an object that a pod on it names
     */
    public record References(long references, long entries) {}
}
