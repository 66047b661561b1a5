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

    SyntheticSpecs(References references) {
        this.references = references;
    }

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
        List<Volume> volumes = new ArrayList<>(references.volumes() + 1);
        int next = 0;
        for (int i = 0; i < references.env(); i++) {
            env.add(variable("VARIABLE_" + i, objects[next++]));
        }
        for (int i = 0; i < references.envFrom(); i++) {
            envFrom.add(environment(objects[next++]));
        }
        for (int i = 0; i < references.volumes(); i++) {
            volumes.add(volume("volume-" + i, objects[next++]));
        }
        if (references.kubeRootCa()) {
            volumes.add(ServiceAccountVolume.SHARED);
        }
        Container container = new Container();
        container.setName("main");
        container.setEnv(env);
        container.setEnvFrom(envFrom);
        container.setVolumeMounts(
                volumes.stream().map(volume -> mount(volume.getName())).toList());
        PodSpec spec = new PodSpec();
        spec.setEnableServiceLinks(true);
        spec.setContainers(List.of(container));
        spec.setVolumes(volumes);
        return spec;
    }

    private static VolumeMount mount(String volume) {
        VolumeMount mount = new VolumeMount();
        mount.setName(volume);
        mount.setMountPath("/" + volume);
        return mount;
    }

    private static EnvVar variable(String name, int object) {
        EnvVarSource source = new EnvVarSource();
        if (isSecret(object)) {
            source.setSecretKeyRef(new SecretKeySelector("key-0", name(object), null));
        } else {
            source.setConfigMapKeyRef(new ConfigMapKeySelector("key-0", name(object), null));
        }
        return new EnvVar(name, null, source);
    }

    private static EnvFromSource environment(int object) {
        EnvFromSource source = new EnvFromSource();
        if (isSecret(object)) {
            source.setSecretRef(new SecretEnvSource(name(object), null));
        } else {
            source.setConfigMapRef(new ConfigMapEnvSource(name(object), null));
        }
        return source;
    }

    private static Volume volume(String name, int object) {
        Volume volume = new Volume();
        volume.setName(name);
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
