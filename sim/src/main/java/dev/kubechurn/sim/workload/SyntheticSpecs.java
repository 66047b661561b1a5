package dev.kubechurn.sim.workload;

import dev.kubechurn.sim.cluster.PreparedSpec;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The specs of a scenario's own pods. A spec says names and no namespace, so pods of all namespaces that name alike share
 * one: there are few of them, however many pods there are. Safe from any thread.
 */
final class SyntheticSpecs {

    /** More are made anew each time: that many take some 500 MB. */
    private static final int MOST_KEPT = 100_000;

    private final References references;
    private final ConcurrentHashMap<Names, PreparedSpec> kept = new ConcurrentHashMap<>();

    // The parts of specs that say one name: fewer still.
    private final ConcurrentHashMap<Place, EnvVar> variables = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Place, EnvFromSource> environments = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Place, Volume> volumes = new ConcurrentHashMap<>();
    private final List<VolumeMount> mounts;

    SyntheticSpecs(References references) {
        this.references = references;
        List<VolumeMount> all = new ArrayList<>(references.volumes() + 1);
        for (int i = 0; i < references.volumes(); i++) {
            all.add(mount(volumeName(i)));
        }
        if (references.kubeRootCa()) {
            all.add(mount(ServiceAccountVolume.SHARED.getName()));
        }
        this.mounts = List.copyOf(all);
    }

    /** Where a spec says a name: the how-manieth of its sort, and what is named. */
    private record Place(int index, int object) {}

    /** What stands for the ConfigMap, or Secret, of a rank in each namespace. */
    static int object(boolean secret, int rank) {
        return secret ? ~rank : rank;
    }

    private static boolean isSecret(int object) {
        return object < 0;
    }

    private static String name(int object) {
        return ObjectCatalog.name(isSecret(object), isSecret(object) ? ~object : object);
    }

    /** The spec that names these {@linkplain #object objects}: by variables first, whole environments, then volumes. */
    PreparedSpec naming(int[] objects) {
        Names names = new Names(objects);
        PreparedSpec known = kept.get(names);
        if (known != null) {
            return known;
        }
        PreparedSpec made = PreparedSpec.of(spec(objects));
        if (kept.size() >= MOST_KEPT) {
            return made;
        }
        PreparedSpec before = kept.putIfAbsent(names, made);
        return before == null ? made : before;
    }

    private PodSpec spec(int[] objects) {
        List<EnvVar> env = new ArrayList<>(references.env());
        List<EnvFromSource> envFrom = new ArrayList<>(references.envFrom());
        List<Volume> inOrder = new ArrayList<>(references.volumes() + 1);
        int next = 0;
        for (int i = 0; i < references.env(); i++) {
            env.add(variables.computeIfAbsent(new Place(i, objects[next++]), SyntheticSpecs::variable));
        }
        for (int i = 0; i < references.envFrom(); i++) {
            envFrom.add(environments.computeIfAbsent(new Place(i, objects[next++]), SyntheticSpecs::environment));
        }
        for (int i = 0; i < references.volumes(); i++) {
            inOrder.add(volumes.computeIfAbsent(new Place(i, objects[next++]), SyntheticSpecs::volume));
        }
        if (references.kubeRootCa()) {
            inOrder.add(ServiceAccountVolume.SHARED);
        }
        return spec(container(List.copyOf(env), List.copyOf(envFrom)), List.copyOf(inOrder));
    }

    /** With shared empty collections where the model makes ten new ones. */
    private Container container(List<EnvVar> env, List<EnvFromSource> envFrom) {
        Container container = new Container();
        container.setName("main");
        container.setEnv(env);
        container.setEnvFrom(envFrom);
        container.setVolumeMounts(mounts);
        container.setArgs(List.of());
        container.setCommand(List.of());
        container.setPorts(List.of());
        container.setResizePolicy(List.of());
        container.setRestartPolicyRules(List.of());
        container.setVolumeDevices(List.of());
        container.setAdditionalProperties(Map.of());
        return container;
    }

    private static PodSpec spec(Container container, List<Volume> volumes) {
        PodSpec spec = new PodSpec();
        spec.setEnableServiceLinks(true);
        spec.setContainers(List.of(container));
        spec.setVolumes(volumes);
        spec.setEphemeralContainers(List.of());
        spec.setEvictionResponders(List.of());
        spec.setHostAliases(List.of());
        spec.setImagePullSecrets(List.of());
        spec.setInitContainers(List.of());
        spec.setNodeSelector(Map.of());
        spec.setOverhead(Map.of());
        spec.setReadinessGates(List.of());
        spec.setResourceClaims(List.of());
        spec.setSchedulingGates(List.of());
        spec.setTolerations(List.of());
        spec.setTopologySpreadConstraints(List.of());
        spec.setAdditionalProperties(Map.of());
        return spec;
    }

    private static String volumeName(int index) {
        return "volume-" + index;
    }

    private static VolumeMount mount(String volume) {
        VolumeMount mount = new VolumeMount();
        mount.setName(volume);
        mount.setMountPath("/" + volume);
        return mount;
    }

    private static EnvVar variable(Place place) {
        int object = place.object();
        EnvVarSource source = new EnvVarSource();
        if (isSecret(object)) {
            source.setSecretKeyRef(new SecretKeySelector("key-0", name(object), null));
        } else {
            source.setConfigMapKeyRef(new ConfigMapKeySelector("key-0", name(object), null));
        }
        return new EnvVar("VARIABLE_" + place.index(), null, source);
    }

    private static EnvFromSource environment(Place place) {
        int object = place.object();
        EnvFromSource source = new EnvFromSource();
        if (isSecret(object)) {
            source.setSecretRef(new SecretEnvSource(name(object), null));
        } else {
            source.setConfigMapRef(new ConfigMapEnvSource(name(object), null));
        }
        return source;
    }

    private static Volume volume(Place place) {
        int object = place.object();
        Volume volume = new Volume();
        volume.setName(volumeName(place.index()));
        if (isSecret(object)) {
            SecretVolumeSource source = new SecretVolumeSource();
            source.setSecretName(name(object));
            volume.setSecret(source);
        } else {
            ConfigMapVolumeSource source = new ConfigMapVolumeSource();
            source.setName(name(object));
            volume.setConfigMap(source);
        }
        return volume;
    }

    /** The objects that one spec names. */
    private static final class Names {

        private final int[] objects;

        Names(int[] objects) {
            this.objects = objects;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Names names && Arrays.equals(objects, names.objects);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(objects);
        }
    }
}
