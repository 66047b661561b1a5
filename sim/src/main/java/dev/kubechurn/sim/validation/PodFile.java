package dev.kubechurn.sim.validation;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.volume.ObjectName;
import dev.kubechurn.core.volume.VolumePayloads;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.run.RunPlan;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The pods of a plan as the program with the kubelet's managers reads them: each name as often as a sync of the pod reads it. */
final class PodFile {

    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

    private final ArrayNode pods = JsonNodeFactory.instance.arrayNode();
    private final SortedSet<String> named = new TreeSet<>();

    private PodFile() {}

    /** @param namespace what a namespace of the scenario is called in the cluster */
    static PodFile of(RunPlan plan, UnaryOperator<String> namespace) {
        PodFile file = new PodFile();
        for (int node = 0; node < plan.nodes(); node++) {
            PodSource source = plan.workload().podsOf(node);
            for (int slot = 0; slot < source.slots(); slot++) {
                PodTemplate template = source.next(slot);
                source.nextLifetimeNanos(); // drawn after each pod, as a node does
                file.add(
                        "node-" + node,
                        namespace.apply(template.namespace()),
                        "pod-" + node + "-" + slot,
                        template.spec());
            }
        }
        return file;
    }

    private void add(String node, String namespace, String name, PodSpec spec) {
        Set<ObjectName> once = environment(spec);
        List<ObjectName> volumes = new ArrayList<>();
        spec.getVolumes().forEach(volume -> volumes.addAll(VolumePayloads.objects(volume)));
        ObjectNode pod = pods.addObject();
        pod.put("Node", node).put("Namespace", namespace).put("Name", name);
        ArrayNode configMaps = pod.putArray("ConfigMaps");
        ArrayNode secrets = pod.putArray("Secrets");
        List<ObjectName> reads = new ArrayList<>(once);
        reads.addAll(volumes);
        reads.forEach(read -> (isSecret(read) ? secrets : configMaps).add(read.name()));
        ArrayNode readOnce = pod.putArray("ReadOnce");
        once.removeAll(volumes);
        once.forEach(read -> readOnce.add((isSecret(read) ? "secret/" : "cm/") + read.name()));
        reads.forEach(
                read -> named.add((isSecret(read) ? "Secret" : "ConfigMap") + "/" + namespace + "/" + read.name()));
    }

    private static boolean isSecret(ObjectName object) {
        return object.kind().equals(ObjectKind.SECRET);
    }

    /** An environment reads each object once, however many variables come from it. */
    private static Set<ObjectName> environment(PodSpec spec) {
        Set<ObjectName> objects = new LinkedHashSet<>();
        spec.getContainers().forEach(container -> {
            container.getEnvFrom().forEach(source -> add(objects, source));
            container.getEnv().forEach(variable -> add(objects, variable));
        });
        return objects;
    }

    private static void add(Set<ObjectName> into, EnvFromSource source) {
        if (source.getSecretRef() != null) {
            into.add(new ObjectName(ObjectKind.SECRET, source.getSecretRef().getName()));
        } else {
            into.add(new ObjectName(
                    ObjectKind.CONFIG_MAP, source.getConfigMapRef().getName()));
        }
    }

    private static void add(Set<ObjectName> into, EnvVar variable) {
        EnvVarSource source = variable.getValueFrom();
        if (source.getSecretKeyRef() != null) {
            into.add(new ObjectName(ObjectKind.SECRET, source.getSecretKeyRef().getName()));
        } else {
            into.add(new ObjectName(
                    ObjectKind.CONFIG_MAP, source.getConfigMapKeyRef().getName()));
        }
    }

    String json() {
        return WRITER.writeValueAsString(pods);
    }

    /** What {@link #named} calls an object. */
    static String nameOf(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }

    /** Objects that any pod reads. */
    SortedSet<String> named() {
        return named;
    }
}
