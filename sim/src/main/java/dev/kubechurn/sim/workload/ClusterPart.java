package dev.kubechurn.sim.workload;

import dev.kubechurn.sim.cluster.PodSlots;
import dev.kubechurn.sim.cluster.SimulatedNode;
import dev.kubechurn.sim.shard.Shard;
import java.util.List;
import java.util.function.Supplier;

/**
 * The part of a cluster that lives in this process.
 *
 * @param shard which part; it also says which objects are written here
 * @param nodes those that live here
 * @param everywhere all nodes of the cluster, in their order; asked for only where something chooses among all of them
 * @param pods of the whole cluster
 */
public record ClusterPart(Shard shard, List<SimulatedNode> nodes, Supplier<List<PodSlots>> everywhere, int pods) {

    public ClusterPart {
        nodes = List.copyOf(nodes);
    }

    /** A cluster that lives here as a whole. */
    public static ClusterPart whole(List<SimulatedNode> nodes, int pods) {
        return new ClusterPart(Shard.WHOLE, nodes, () -> List.copyOf(nodes), pods);
    }
}
