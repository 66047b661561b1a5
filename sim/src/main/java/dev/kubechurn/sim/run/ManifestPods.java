package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.cluster.ObjectUse;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.manifests.Manifests;
import dev.kubechurn.sim.manifests.PodReference;
import dev.kubechurn.sim.manifests.WorkloadPods;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pods and objects that manifests cause. Immutable.
 *
 * @param pods one for each replica, dealt out to the nodes in turn
 * @param daemons one pod of each on every node
 * @param objects ConfigMaps and Secrets
 */
public record ManifestPods(List<PodTemplate> pods, List<PodTemplate> daemons, List<HasMetadata> objects) {

    public ManifestPods {
        pods = List.copyOf(pods);
        daemons = List.copyOf(daemons);
        objects = List.copyOf(objects);
    }

    /** What the manifests ask for. */
    public static ManifestPods of(Manifests manifests) {
        List<PodTemplate> pods = new ArrayList<>();
        List<PodTemplate> daemons = new ArrayList<>();
        for (WorkloadPods template : manifests.templates()) {
            PodTemplate own = new PodTemplate(
                    template.namespace(), template.name(), template.spec(), uses(template.references()));
            for (int replica = 0; replica < template.replicas(); replica++) {
                (template.daemon() ? daemons : pods).add(own);
            }
        }
        return new ManifestPods(pods, daemons, manifests.objects());
    }

    /** Each object once: mounted if it is in any volume, optional if it is everywhere. */
    private static List<ObjectUse> uses(List<PodReference> references) {
        Map<ObjectKey, ObjectUse> uses = new LinkedHashMap<>();
        for (PodReference reference : references) {
            boolean secret = reference.kind() == ObjectKind.SECRET;
            ObjectKey id = new ObjectKey(reference.kind().toString(), reference.name());
            uses.merge(
                    id,
                    new ObjectUse(secret, reference.name(), reference.optional(), reference.mounted()),
                    (one, other) -> new ObjectUse(
                            secret, one.name(), one.optional() && other.optional(), one.mounted() || other.mounted()));
        }
        return List.copyOf(uses.values());
    }

    /** How many pods name each object, and on how many of so many nodes: there it costs a watch. */
    public SortedMap<ObjectId, Demand> demand(int nodes) {
        SortedMap<ObjectId, Demand> demand = new TreeMap<>();
        for (int node = 0; node < nodes; node++) {
            Map<ObjectId, Integer> here = new TreeMap<>();
            daemons.forEach(pod -> count(pod, here));
            for (int i = node; i < pods.size(); i += nodes) {
                count(pods.get(i), here);
            }
            here.forEach((id, named) -> demand.merge(id, new Demand(named, 1), Demand::plus));
        }
        return demand;
    }

    private static void count(PodTemplate pod, Map<ObjectId, Integer> here) {
        for (ObjectUse use : pod.uses()) {
            String plural = use.secret() ? "secrets" : "configmaps";
            here.merge(new ObjectId(plural, new ObjectKey(pod.namespace(), use.name())), 1, Integer::sum);
        }
    }

    /**
     * What one object is asked for.
     *
     * @param pods that name it
     * @param watches that it costs: one for each node with such a pod
     */
    public record Demand(int pods, int watches) {

        Demand plus(Demand other) {
            return new Demand(pods + other.pods, watches + other.watches);
        }
    }
}
