package dev.kubechurn.core.pod;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of the ConfigMaps and Secrets that a pod's spec holds, in every place where one can stand (rules N). Each
 * result is a set in the order of first mention; names that are empty are left out (N7), optional ones count (N8).
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

    private PodReferences() {}

    /** The ConfigMaps that the spec names (N1 to N4); null and empty specs name none. */
    public static Set<String> configMaps(@Nullable PodSpec spec) {
        Names names = new Names();
        if (spec != null) {
            eachContainer(spec, (envFrom, env) -> {
                each(
                        envFrom,
                        source -> names.accept(
                                source.getConfigMapRef() == null
                                        ? null
                                        : source.getConfigMapRef().getName()));
                eachValueFrom(
                        env,
                        from -> names.accept(
                                from.getConfigMapKeyRef() == null
                                        ? null
                                        : from.getConfigMapKeyRef().getName()));
            });
            each(spec.getVolumes(), volume -> firstSource(CONFIG_MAP_SOURCES, volume, names));
        }
        return names.found;
    }

    /** The Secrets that the spec names (N1 to N5, N9); null and empty specs name none. */
    public static Set<String> secrets(@Nullable PodSpec spec) {
        Names names = new Names();
        if (spec != null) {
            each(spec.getImagePullSecrets(), pull -> local(pull, names));
            eachContainer(spec, (envFrom, env) -> {
                each(
                        envFrom,
                        source -> names.accept(
                                source.getSecretRef() == null
                                        ? null
                                        : source.getSecretRef().getName()));
                eachValueFrom(
                        env,
                        from -> names.accept(
                                from.getSecretKeyRef() == null
                                        ? null
                                        : from.getSecretKeyRef().getName()));
            });
            each(spec.getVolumes(), volume -> firstSource(SECRET_SOURCES, volume, names));
        }
        return names.found;
    }

    private static void eachContainer(PodSpec spec, BiConsumer<List<EnvFromSource>, List<EnvVar>> visitor) {
        each(spec.getInitContainers(), c -> visitor.accept(c.getEnvFrom(), c.getEnv()));
        each(spec.getContainers(), c -> visitor.accept(c.getEnvFrom(), c.getEnv()));
        each(spec.getEphemeralContainers(), c -> visitor.accept(c.getEnvFrom(), c.getEnv()));
    }

    private static void eachValueFrom(@Nullable List<EnvVar> env, Consumer<EnvVarSource> visitor) {
        each(env, variable -> {
            if (variable.getValueFrom() != null) {
                visitor.accept(variable.getValueFrom());
            }
        });
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

    /** Collects names, leaving out empty and absent ones (N7). */
    private static final class Names {

        private final Set<String> found = new LinkedHashSet<>();

        void accept(@Nullable String name) {
            if (name != null && !name.isEmpty()) {
                found.add(name);
            }
        }
    }
}
