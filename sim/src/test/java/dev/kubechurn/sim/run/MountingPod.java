package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;

/** A pod that mounts objects, one volume for each, or imports them, and the objects. All are of one namespace. */
final class MountingPod {

    private static final String NAMESPACE = "shop";

    private final List<ObjectId> objects = new ArrayList<>();
    private final List<ObjectId> imported = new ArrayList<>();

    static ObjectId configMap(String name) {
        return ObjectId.of(ObjectKind.CONFIG_MAP, new ObjectKey(NAMESPACE, name));
    }

    static ObjectId secret(String name) {
        return ObjectId.of(ObjectKind.SECRET, new ObjectKey(NAMESPACE, name));
    }

    MountingPod mounts(List<ObjectId> more) {
        objects.addAll(more);
        return this;
    }

    /** Has the container's environment take in all keys of ConfigMaps. */
    MountingPod imports(List<ObjectId> more) {
        imported.addAll(more);
        return this;
    }

    /** A version of an object; two of different content are different versions. */
    static HasMetadata version(ObjectId id, String content) {
        if (isSecret(id)) {
            return new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(id.key().name())
                    .endMetadata()
                    .withType("Opaque")
                    .addToStringData("key", content)
                    .build();
        }
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(id.key().name())
                .endMetadata()
                .addToData("key", content)
                .build();
    }

    PodTemplate template() {
        ContainerBuilder container = new ContainerBuilder().withName("main");
        List<Volume> volumes = new ArrayList<>();
        for (ObjectId id : objects) {
            String name = "volume-" + volumes.size();
            volumes.add(volume(name, id));
            container
                    .addNewVolumeMount()
                    .withName(name)
                    .withMountPath("/" + name)
                    .endVolumeMount();
        }
        imported.forEach(id -> container
                .addNewEnvFrom()
                .withNewConfigMapRef(id.key().name(), false)
                .endEnvFrom());
        return new PodTemplate(
                NAMESPACE,
                "pod",
                new PodSpecBuilder()
                        .withEnableServiceLinks(true)
                        .withContainers(container.build())
                        .withVolumes(volumes)
                        .build());
    }

    private static Volume volume(String name, ObjectId id) {
        VolumeBuilder volume = new VolumeBuilder().withName(name);
        String object = id.key().name();
        return isSecret(id)
                ? volume.withNewSecret().withSecretName(object).endSecret().build()
                : volume.withNewConfigMap().withName(object).endConfigMap().build();
    }

    private static boolean isSecret(ObjectId id) {
        return id.plural().equals(ObjectKind.SECRET.plural());
    }
}
