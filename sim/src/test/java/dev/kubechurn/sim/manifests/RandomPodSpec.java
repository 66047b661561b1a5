package dev.kubechurn.sim.manifests;

import io.fabric8.kubernetes.api.model.AzureFileVolumeSource;
import io.fabric8.kubernetes.api.model.CSIVolumeSource;
import io.fabric8.kubernetes.api.model.CephFSVolumeSource;
import io.fabric8.kubernetes.api.model.CinderVolumeSource;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.FlexVolumeSource;
import io.fabric8.kubernetes.api.model.ISCSIVolumeSource;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.RBDVolumeSource;
import io.fabric8.kubernetes.api.model.ScaleIOVolumeSource;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.StorageOSVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PodSpecs with references in any place, also such as no API server takes: volumes with several sources, empty and absent
 * names, lists with nulls and no lists.
 */
final class RandomPodSpec {

    /** Two kinds in envFrom, env of three sorts of containers and in volumes, and the pull secrets. */
    static final int PLACES = 2 * 3 * 2 + 2 + 1;

    private final SplittableRandom random;

    RandomPodSpec(SplittableRandom random) {
        this.random = random;
    }

    PodSpec make() {
        PodSpec spec = new PodSpec();
        spec.setInitContainers(list(this::container));
        spec.setContainers(list(this::container));
        spec.setEphemeralContainers(list(this::ephemeral));
        spec.setImagePullSecrets(list(() -> new LocalObjectReference(name())));
        spec.setVolumes(list(this::volume));
        return spec;
    }

    private Container container() {
        Container container = new Container();
        container.setName("c");
        container.setEnvFrom(list(this::envFrom));
        container.setEnv(list(this::env));
        return container;
    }

    private EphemeralContainer ephemeral() {
        EphemeralContainer container = new EphemeralContainer();
        container.setName("e");
        container.setEnvFrom(list(this::envFrom));
        container.setEnv(list(this::env));
        return container;
    }

    private EnvFromSource envFrom() {
        EnvFromSource source = new EnvFromSource();
        maybe(() -> new ConfigMapEnvSource(name(), flag()), source::setConfigMapRef);
        maybe(() -> new SecretEnvSource(name(), flag()), source::setSecretRef);
        return source;
    }

    private EnvVar env() {
        EnvVar variable = new EnvVar();
        variable.setName("V");
        maybe(
                () -> {
                    EnvVarSource from = new EnvVarSource();
                    maybe(() -> new ConfigMapKeySelector("k", name(), flag()), from::setConfigMapKeyRef);
                    maybe(() -> new SecretKeySelector("k", name(), flag()), from::setSecretKeyRef);
                    return from;
                },
                variable::setValueFrom);
        return variable;
    }

    private Volume volume() {
        Volume volume = new Volume();
        volume.setName("v");
        rarely(() -> made(new AzureFileVolumeSource(), s -> s.setSecretName(name())), volume::setAzureFile);
        rarely(() -> made(new CephFSVolumeSource(), s -> s.setSecretRef(local())), volume::setCephfs);
        rarely(() -> made(new CinderVolumeSource(), s -> s.setSecretRef(local())), volume::setCinder);
        rarely(() -> made(new FlexVolumeSource(), s -> s.setSecretRef(local())), volume::setFlexVolume);
        rarely(
                () -> made(new ProjectedVolumeSource(), s -> s.setSources(list(this::projection))),
                volume::setProjected);
        rarely(() -> made(new RBDVolumeSource(), s -> s.setSecretRef(local())), volume::setRbd);
        rarely(() -> made(new SecretVolumeSource(), s -> s.setSecretName(name())), volume::setSecret);
        rarely(() -> made(new ScaleIOVolumeSource(), s -> s.setSecretRef(local())), volume::setScaleIO);
        rarely(() -> made(new ISCSIVolumeSource(), s -> s.setSecretRef(local())), volume::setIscsi);
        rarely(() -> made(new StorageOSVolumeSource(), s -> s.setSecretRef(local())), volume::setStorageos);
        rarely(() -> made(new CSIVolumeSource(), s -> s.setNodePublishSecretRef(local())), volume::setCsi);
        rarely(() -> made(new ConfigMapVolumeSource(), s -> s.setName(name())), volume::setConfigMap);
        return volume;
    }

    private VolumeProjection projection() {
        VolumeProjection projection = new VolumeProjection();
        maybe(() -> made(new ConfigMapProjection(), s -> s.setName(name())), projection::setConfigMap);
        maybe(() -> made(new SecretProjection(), s -> s.setName(name())), projection::setSecret);
        return projection;
    }

    private static <S> S made(S source, Consumer<S> setter) {
        setter.accept(source);
        return source;
    }

    private @Nullable LocalObjectReference local() {
        return random.nextInt(8) == 0 ? null : new LocalObjectReference(name());
    }

    /** Of few, so that an object is named in several places. */
    private @Nullable String name() {
        int drawn = random.nextInt(10);
        return drawn == 0 ? null : drawn == 1 ? "" : "object-" + drawn;
    }

    private @Nullable Boolean flag() {
        return random.nextBoolean() ? null : random.nextBoolean();
    }

    private <T> void maybe(Supplier<T> value, Consumer<T> setter) {
        if (random.nextBoolean()) {
            setter.accept(value.get());
        }
    }

    private <T> void rarely(Supplier<T> value, Consumer<T> setter) {
        if (random.nextInt(6) == 0) {
            setter.accept(value.get());
        }
    }

    private <T> @Nullable List<@Nullable T> list(Supplier<T> element) {
        int size = random.nextInt(4) - 1;
        if (size < 0) {
            return null;
        }
        List<@Nullable T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(random.nextInt(12) == 0 ? null : element.get());
        }
        return list;
    }
}
