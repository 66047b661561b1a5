package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.pod.PodReferences;
import dev.kubechurn.core.volume.ObjectName;
import dev.kubechurn.core.volume.VolumePayloads;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pod's spec with all that a node works out from it, so that pods with one spec share both. Immutable as long as
 * nobody changes the spec.
 *
 * @param spec as an API server gives it out, with its defaults
 * @param configMaps the ConfigMaps that it names, each once (N)
 * @param secrets the Secrets that it names, each once (N)
 * @param containers all that have an environment to make when the pod starts: init containers first
 * @param mounts the volumes that are read: those that name objects and that a container mounts, as with the kubelet
 * @param pullSecrets the Secrets that are asked for at each sync, for pulling images; the pod runs without them too
 */
public record PreparedSpec(
        PodSpec spec,
        List<String> configMaps,
        List<String> secrets,
        List<Container> containers,
        List<Mount> mounts,
        List<String> pullSecrets) {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /**
     * A volume that is read.
     *
     * @param directory where its files are, in the pod's directory
     * @param objects what it is made of, in the order in which they are asked for
     */
    record Mount(Volume volume, String directory, List<ObjectName> objects) {}

    /** Works it out. */
    public static PreparedSpec of(PodSpec spec) {
        return new PreparedSpec(
                spec,
                List.copyOf(PodReferences.configMaps(spec)),
                List.copyOf(PodReferences.secrets(spec)),
                allContainers(spec).toList(),
                mounts(spec),
                pullSecrets(spec));
    }

    /** How many objects all volumes together are made of. */
    int mountedObjects() {
        int objects = 0;
        for (Mount mount : mounts) {
            objects += mount.objects().size();
        }
        return objects;
    }

    private static List<Mount> mounts(PodSpec spec) {
        Set<String> mounted = new HashSet<>();
        allContainers(spec)
                .forEach(container -> container.getVolumeMounts().forEach(mount -> mounted.add(mount.getName())));
        List<Mount> mounts = new ArrayList<>();
        for (Volume volume : spec.getVolumes()) {
            List<ObjectName> objects = List.copyOf(VolumePayloads.objects(volume));
            if (mounted.contains(volume.getName()) && !objects.isEmpty()) {
                mounts.add(new Mount(volume, directory(volume.getName(), mounts.size()), objects));
            }
        }
        return List.copyOf(mounts);
    }

    /** Manifests are not the API server's word: a name that is no label must not lead anywhere. */
    private static String directory(String volume, int index) {
        return DNS_LABEL.matcher(volume).matches() ? volume : "_" + index;
    }

    private static List<String> pullSecrets(PodSpec spec) {
        return spec.getImagePullSecrets().stream()
                .map(secret -> secret.getName() == null ? "" : secret.getName())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Stream<Container> allContainers(PodSpec spec) {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
    }
}
