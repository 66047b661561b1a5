package dev.kubechurn.core.pod;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of the ConfigMaps and Secrets that a pod's spec holds, in every place where one can stand (rules N). Each
 * result holds each name once, in the order of first mention, and is immutable; names that are empty are left out (N7),
 * optional ones count (N8).
 */
public final class PodReferences {

    /** The sources of a volume that can name Secrets, in the order in which the first that is there wins (N10). */
    private static final List<VolumeSource<?>> SECRET_SOURCES = List.of(
            source(Volume::getAzureFile, (azure, names) -> names.accept(azure.getSecretName())),
            source(Volume::getCephfs, (cephfs, names) -> local(cephfs.getSecretRef(), names)),
            source(Volume::getCinder, (cinder, names) -> local(cinder.getSecretRef(), names)),
            source(Volume::getFlexVolume, (flex, names) -> local(flex.getSecretRef(), names)),
            source(
                    Volume::getProjected,
                    (projected, names) -> projected(projected.getSources(), PodReferences::secretOf, names)),
            source(Volume::getRbd, (rbd, names) -> local(rbd.getSecretRef(), names)),
            source(Volume::getSecret, (secret, names) -> names.accept(secret.getSecretName())),
            source(Volume::getScaleIO, (scaleIo, names) -> local(scaleIo.getSecretRef(), names)),
            source(Volume::getIscsi, (iscsi, names) -> local(iscsi.getSecretRef(), names)),
            source(Volume::getStorageos, (storageos, names) -> local(storageos.getSecretRef(), names)),
            source(Volume::getCsi, (csi, names) -> local(csi.getNodePublishSecretRef(), names)));

    private static final List<VolumeSource<?>> CONFIG_MAP_SOURCES = List.of(
            source(
                    Volume::getProjected,
                    (projected, names) -> projected(projected.getSources(), PodReferences::configMapOf, names)),
            source(Volume::getConfigMap, PodReferences::configMap));

    private static final EnvironmentNames SECRETS_OF_ENVIRONMENT = new EnvironmentNames(
            source ->
                    source.getSecretRef() == null ? null : source.getSecretRef().getName(),
            from -> from.getSecretKeyRef() == null
                    ? null
                    : from.getSecretKeyRef().getName());

    private static final EnvironmentNames CONFIG_MAPS_OF_ENVIRONMENT = new EnvironmentNames(
            source -> source.getConfigMapRef() == null
                    ? null
                    : source.getConfigMapRef().getName(),
            from -> from.getConfigMapKeyRef() == null
                    ? null
                    : from.getConfigMapKeyRef().getName());

    private PodReferences() {}

    /** The ConfigMaps that the spec names (N1 to N4); null and empty specs name none. */
    public static List<String> configMaps(@Nullable PodSpec spec) {
        Names names = new Names();
        if (spec != null) {
            eachContainer(spec, CONFIG_MAPS_OF_ENVIRONMENT, names);
            volumes(spec, CONFIG_MAP_SOURCES, names);
        }
        return names.found();
    }

    /** The Secrets that the spec names (N1 to N5, N9); null and empty specs name none. */
    public static List<String> secrets(@Nullable PodSpec spec) {
        Names names = new Names();
        if (spec != null) {
            each(spec.getImagePullSecrets(), pull -> local(pull, names));
            eachContainer(spec, SECRETS_OF_ENVIRONMENT, names);
            volumes(spec, SECRET_SOURCES, names);
        }
        return names.found();
    }

    private static void eachContainer(PodSpec spec, EnvironmentNames kind, Names names) {
        containers(spec.getInitContainers(), kind, names);
        containers(spec.getContainers(), kind, names);
        for (EphemeralContainer container : present(spec.getEphemeralContainers())) {
            if (container != null) {
                environment(container.getEnvFrom(), container.getEnv(), kind, names);
            }
        }
    }

    private static void containers(@Nullable List<Container> containers, EnvironmentNames kind, Names names) {
        for (Container container : present(containers)) {
            if (container != null) {
                environment(container.getEnvFrom(), container.getEnv(), kind, names);
            }
        }
    }

    private static void environment(
            @Nullable List<EnvFromSource> envFrom, @Nullable List<EnvVar> env, EnvironmentNames kind, Names names) {
        for (EnvFromSource source : present(envFrom)) {
            if (source != null) {
                names.accept(kind.envFrom().apply(source));
            }
        }
        for (EnvVar variable : present(env)) {
            if (variable != null && variable.getValueFrom() != null) {
                names.accept(kind.valueFrom().apply(variable.getValueFrom()));
            }
        }
    }

    private static <E> List<E> present(@Nullable List<E> elements) {
        return elements == null ? List.of() : elements;
    }

    private static <E> void each(@Nullable List<E> elements, Consumer<E> visitor) {
        if (elements != null) {
            for (E element : elements) {
                if (element != null) {
                    visitor.accept(element);
                }
            }
        }
    }

    private static void volumes(PodSpec spec, List<VolumeSource<?>> sources, Names names) {
        for (Volume volume : present(spec.getVolumes())) {
            if (volume != null) {
                firstSource(sources, volume, names);
            }
        }
    }

    private static void firstSource(List<VolumeSource<?>> sources, Volume volume, Names names) {
        for (VolumeSource<?> source : sources) {
            if (source.visit(volume, names)) {
                return;
            }
        }
    }

    private static void projected(
            @Nullable List<VolumeProjection> sources, Function<VolumeProjection, @Nullable String> name, Names names) {
        each(sources, projection -> names.accept(name.apply(projection)));
    }

    private static @Nullable String secretOf(VolumeProjection projection) {
        return projection.getSecret() == null ? null : projection.getSecret().getName();
    }

    private static @Nullable String configMapOf(VolumeProjection projection) {
        return projection.getConfigMap() == null
                ? null
                : projection.getConfigMap().getName();
    }

    private static void configMap(ConfigMapVolumeSource source, Names names) {
        names.accept(source.getName());
    }

    private static void local(@Nullable LocalObjectReference reference, Names names) {
        names.accept(reference == null ? null : reference.getName());
    }

    private static <S> VolumeSource<S> source(Function<Volume, @Nullable S> source, BiConsumer<S, Names> visitor) {
        return new VolumeSource<>(source, visitor);
    }

    /** One of the sources that a volume can have, and how it names objects. */
    private record VolumeSource<S>(Function<Volume, @Nullable S> source, BiConsumer<S, Names> visitor) {

        boolean visit(Volume volume, Names names) {
            S present = source.apply(volume);
            if (present == null) {
                return false;
            }
            visitor.accept(present, names);
            return true;
        }
    }

    /** Where the variables of a container name objects of one kind. */
    private record EnvironmentNames(
            Function<EnvFromSource, @Nullable String> envFrom, Function<EnvVarSource, @Nullable String> valueFrom) {}

    /** Collects names, leaving out empty and absent ones (N7). Few are looked through one by one, many in a set. */
    private static final class Names {

        private static final int FEW = 16;

        private String[] found = new String[4];
        private int count;
        private @Nullable Set<String> many;

        void accept(@Nullable String name) {
            if (name == null || name.isEmpty() || isKnown(name)) {
                return;
            }
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = name;
        }

        private boolean isKnown(String name) {
            if (many != null) {
                return !many.add(name);
            }
            for (int i = 0; i < count; i++) {
                if (found[i].equals(name)) {
                    return true;
                }
            }
            if (count == FEW) {
                many = new HashSet<>(Arrays.asList(found).subList(0, count));
                many.add(name);
            }
            return false;
        }

        List<String> found() {
            return List.of(count == found.length ? found : Arrays.copyOf(found, count));
        }
    }
}
