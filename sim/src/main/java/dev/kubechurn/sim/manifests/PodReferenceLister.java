package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The list of all mentions of ConfigMaps and Secrets in one PodSpec with the place of each and its optional flag: the
 * places of rules N1 to N5, N9 and N10. Not thread-safe.
 */
final class PodReferenceLister {

    private final List<PodReference> found = new ArrayList<>();
    private boolean mounted;

    private PodReferenceLister() {}

    static List<PodReference> list(PodSpec spec) {
        PodReferenceLister lister = new PodReferenceLister();
        present(spec.getInitContainers())
                .forEach(c -> lister.container("init container", c.getName(), c.getEnvFrom(), c.getEnv()));
        present(spec.getContainers())
                .forEach(c -> lister.container("container", c.getName(), c.getEnvFrom(), c.getEnv()));
        present(spec.getEphemeralContainers())
                .forEach(c -> lister.container("ephemeral container", c.getName(), c.getEnvFrom(), c.getEnv()));
        present(spec.getVolumes()).forEach(lister::volume);
        present(spec.getImagePullSecrets())
                .forEach(secret -> lister.secret(secret.getName(), null, "imagePullSecrets"));
        return List.copyOf(lister.found);
    }

    private void container(
            String sort, @Nullable String name, @Nullable List<EnvFromSource> envFrom, @Nullable List<EnvVar> env) {
        String container = sort + " \"" + name + "\"";
        for (EnvFromSource source : present(envFrom)) {
            String place = container + ", envFrom";
            if (source.getConfigMapRef() != null) {
                configMap(
                        source.getConfigMapRef().getName(),
                        source.getConfigMapRef().getOptional(),
                        place);
            }
            if (source.getSecretRef() != null) {
                secret(source.getSecretRef().getName(), source.getSecretRef().getOptional(), place);
            }
        }
        for (EnvVar variable : present(env)) {
            EnvVarSource from = variable.getValueFrom();
            String place = container + ", env " + variable.getName();
            if (from != null && from.getConfigMapKeyRef() != null) {
                configMap(
                        from.getConfigMapKeyRef().getName(),
                        from.getConfigMapKeyRef().getOptional(),
                        place);
            }
            if (from != null && from.getSecretKeyRef() != null) {
                secret(from.getSecretKeyRef().getName(), from.getSecretKeyRef().getOptional(), place);
            }
        }
    }

    private void volume(Volume volume) {
        mounted = true;
        String place = "volume \"" + volume.getName() + "\"";
        ProjectedVolumeSource projected = volume.getProjected();
        if (projected != null) {
            present(projected.getSources()).forEach(source -> projectedConfigMap(source, place));
        } else if (volume.getConfigMap() != null) {
            ConfigMapVolumeSource source = volume.getConfigMap();
            configMap(source.getName(), source.getOptional(), place);
        }
        secretOf(volume, place);
        mounted = false;
    }

    /** The first source that is there wins, in the order of the kubelet's visitor (N10). */
    private void secretOf(Volume volume, String place) {
        ProjectedVolumeSource projected = volume.getProjected();
        SecretVolumeSource secret = volume.getSecret();
        if (volume.getAzureFile() != null) {
            secret(volume.getAzureFile().getSecretName(), null, place);
        } else if (volume.getCephfs() != null) {
            plainSecret(volume.getCephfs().getSecretRef(), place);
        } else if (volume.getCinder() != null) {
            plainSecret(volume.getCinder().getSecretRef(), place);
        } else if (volume.getFlexVolume() != null) {
            plainSecret(volume.getFlexVolume().getSecretRef(), place);
        } else if (projected != null) {
            present(projected.getSources()).forEach(source -> projectedSecret(source, place));
        } else if (volume.getRbd() != null) {
            plainSecret(volume.getRbd().getSecretRef(), place);
        } else if (secret != null) {
            secret(secret.getSecretName(), secret.getOptional(), place);
        } else if (volume.getScaleIO() != null) {
            plainSecret(volume.getScaleIO().getSecretRef(), place);
        } else if (volume.getIscsi() != null) {
            plainSecret(volume.getIscsi().getSecretRef(), place);
        } else if (volume.getStorageos() != null) {
            plainSecret(volume.getStorageos().getSecretRef(), place);
        } else if (volume.getCsi() != null) {
            plainSecret(volume.getCsi().getNodePublishSecretRef(), place);
        }
    }

    private void projectedConfigMap(VolumeProjection projection, String place) {
        ConfigMapProjection source = projection.getConfigMap();
        if (source != null) {
            configMap(source.getName(), source.getOptional(), place);
        }
    }

    private void projectedSecret(VolumeProjection projection, String place) {
        SecretProjection source = projection.getSecret();
        if (source != null) {
            secret(source.getName(), source.getOptional(), place);
        }
    }

    private void plainSecret(@Nullable LocalObjectReference reference, String place) {
        if (reference != null) {
            secret(reference.getName(), null, place);
        }
    }

    private void configMap(@Nullable String name, @Nullable Boolean optional, String place) {
        add(ObjectKind.CONFIG_MAP, name, optional, place);
    }

    private void secret(@Nullable String name, @Nullable Boolean optional, String place) {
        add(ObjectKind.SECRET, name, optional, place);
    }

    private void add(ObjectKind<?> kind, @Nullable String name, @Nullable Boolean optional, String place) {
        if (name != null && !name.isEmpty()) {
            found.add(new PodReference(kind, name, Boolean.TRUE.equals(optional), mounted, place));
        }
    }

    private static <T> List<T> present(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }
}
