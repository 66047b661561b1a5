package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.volume.VolumePayloads;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a pod is made from.
 *
 * @param name of the workload; its pods add a number
 * @param spec as an API server gives it out, with its defaults; shared by all pods of the template, nobody changes it
 */
public record PodTemplate(String namespace, String name, PodSpec spec) {

    /** All containers that have an environment to make when the pod starts: init containers first. */
    List<Container> containers() {
        return allContainers().toList();
    }

    /** The volumes that are read: those that name objects and that a container mounts, as with the kubelet. */
    List<Volume> mountedVolumes() {
        Set<String> mounted = new HashSet<>();
        allContainers()
                .forEach(container -> container.getVolumeMounts().forEach(mount -> mounted.add(mount.getName())));
        List<Volume> volumes = new ArrayList<>();
        for (Volume volume : spec.getVolumes()) {
            if (mounted.contains(volume.getName())
                    && !VolumePayloads.objects(volume).isEmpty()) {
                volumes.add(volume);
            }
        }
        return volumes;
    }

    /** The Secrets that are asked for at each sync, for pulling images; the pod runs without them too. */
    List<String> pullSecrets() {
        return spec.getImagePullSecrets().stream()
                .map(secret -> secret.getName() == null ? "" : secret.getName())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private Stream<Container> allContainers() {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
    }
}
