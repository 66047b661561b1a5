package dev.kubechurn.sim.workload;

import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.engine.Draw;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * A load read from manifests.
 *
 * @param pods one for each pod of the cluster, dealt out to the nodes in turn
 * @param daemons one pod of each on every node
 * @param objects the ConfigMaps and Secrets, the more popular first
 */
public record TemplateLoad(
        List<PodTemplate> pods, List<PodTemplate> daemons, List<HasMetadata> objects, Draw lifetimeNanos) {

    public TemplateLoad {
        pods = List.copyOf(pods);
        daemons = List.copyOf(daemons);
        objects = List.copyOf(objects);
    }
}
