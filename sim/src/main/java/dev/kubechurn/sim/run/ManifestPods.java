package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.pod.PodReferences;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.manifests.Manifests;
import dev.kubechurn.sim.manifests.WorkloadPods;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.ArrayList;
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
            PodTemplate own = new PodTemplate(template.namespace(), template.name(), defaulted(template.spec()));
            for (int replica = 0; replica < template.replicas(); replica++) {
                (template.daemon() ? daemons : pods).add(own);
            }
        }
        return new ManifestPods(pods, daemons, manifests.objects());
    }

    /** As the API server would store it: with its default. */
    private static PodSpec defaulted(PodSpec spec) {
        return spec.getEnableServiceLinks() != null
                ? spec
                : new PodSpecBuilder(spec).withEnableServiceLinks(true).build();
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
        PodReferences.configMaps(pod.spec())
                .forEach(name -> count(ObjectKind.CONFIG_MAP, new ObjectKey(pod.namespace(), name), here));
        PodReferences.secrets(pod.spec())
                .forEach(name -> count(ObjectKind.SECRET, new ObjectKey(pod.namespace(), name), here));
    }

    private static void count(ObjectKind<?> kind, ObjectKey key, Map<ObjectId, Integer> here) {
        here.merge(ObjectId.of(kind, key), 1, Integer::sum);
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
