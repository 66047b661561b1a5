package dev.kubechurn.sim.workload;

import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.engine.Draw;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Pods of the scenario's making: each names objects of one namespace, drawn by popularity from the node's stream. */
final class SyntheticPods implements PodSource {

    private final int slots;
    private final References references;
    private final ObjectCatalog catalog;
    private final Popularity popularity;
    private final SplittableRandom random;
    private final Draw lifetimeNanos;

    SyntheticPods(
            int slots,
            References references,
            ObjectCatalog catalog,
            Popularity popularity,
            SplittableRandom random,
            Draw lifetimeNanos) {
        this.slots = slots;
        this.references = references;
        this.catalog = catalog;
        this.popularity = popularity;
        this.random = random;
        this.lifetimeNanos = lifetimeNanos;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public long nextLifetimeNanos() {
        return lifetimeNanos.next(random);
    }

    @Override
    public PodTemplate next(int slot) {
        int namespace = random.nextInt(catalog.namespaces());
        ContainerBuilder container = new ContainerBuilder().withName("main");
        for (int i = 0; i < references.env(); i++) {
            env(container, "VARIABLE_" + i, draw(namespace));
        }
        for (int i = 0; i < references.envFrom(); i++) {
            envFrom(container, draw(namespace));
        }
        List<Volume> volumes = new ArrayList<>();
        for (int i = 0; i < references.volumes(); i++) {
            volumes.add(volume("volume-" + i, draw(namespace)));
        }
        if (references.kubeRootCa()) {
            volumes.add(ServiceAccountVolume.create());
        }
        for (Volume volume : volumes) {
            container
                    .addNewVolumeMount()
                    .withName(volume.getName())
                    .withMountPath("/" + volume.getName())
                    .endVolumeMount();
        }
        PodSpec spec = new PodSpecBuilder()
                .withEnableServiceLinks(true)
                .withContainers(container.build())
                .withVolumes(volumes)
                .build();
        return new PodTemplate(catalog.namespace(namespace), "pod", spec);
    }

    private Reference draw(int namespace) {
        boolean secret = random.nextDouble() < references.secretsShare();
        if (catalog.count(secret, namespace) == 0) {
            secret = !secret;
        }
        int rank = popularity.next(catalog.count(secret, namespace), random);
        return new Reference(secret, catalog.name(secret, rank));
    }

    /** One object to be named. */
    private record Reference(boolean secret, String name) {}

    private static void env(ContainerBuilder container, String variable, Reference use) {
        if (use.secret()) {
            container
                    .addNewEnv()
                    .withName(variable)
                    .withNewValueFrom()
                    .withNewSecretKeyRef("key-0", use.name(), null)
                    .endValueFrom()
                    .endEnv();
        } else {
            container
                    .addNewEnv()
                    .withName(variable)
                    .withNewValueFrom()
                    .withNewConfigMapKeyRef("key-0", use.name(), null)
                    .endValueFrom()
                    .endEnv();
        }
    }

    private static void envFrom(ContainerBuilder container, Reference use) {
        if (use.secret()) {
            container.addNewEnvFrom().withNewSecretRef(use.name(), null).endEnvFrom();
        } else {
            container.addNewEnvFrom().withNewConfigMapRef(use.name(), null).endEnvFrom();
        }
    }

    private static Volume volume(String name, Reference use) {
        VolumeBuilder volume = new VolumeBuilder().withName(name);
        return use.secret()
                ? volume.withNewSecret().withSecretName(use.name()).endSecret().build()
                : volume.withNewConfigMap().withName(use.name()).endConfigMap().build();
    }
}
