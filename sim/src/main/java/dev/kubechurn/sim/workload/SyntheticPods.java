package dev.kubechurn.sim.workload;

import dev.kubechurn.sim.cluster.ObjectUse;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Set<ObjectUse> uses = new LinkedHashSet<>();
        ContainerBuilder container = new ContainerBuilder().withName("main");
        for (int i = 0; i < references.env(); i++) {
            env(container, "VARIABLE_" + i, draw(namespace, false, uses));
        }
        for (int i = 0; i < references.envFrom(); i++) {
            envFrom(container, draw(namespace, false, uses));
        }
        List<Volume> volumes = new ArrayList<>();
        for (int i = 0; i < references.volumes(); i++) {
            volumes.add(volume("volume-" + i, draw(namespace, true, uses)));
        }
        if (references.kubeRootCa()) {
            uses.add(new ObjectUse(false, ObjectCatalog.ROOT_CA, false, true));
            volumes.add(ServiceAccountVolume.create());
        }
        PodSpec spec = new PodSpecBuilder()
                .withContainers(container.build())
                .withVolumes(volumes)
                .build();
        return new PodTemplate(catalog.namespace(namespace), "pod", spec, once(uses));
    }

    private ObjectUse draw(int namespace, boolean mounted, Set<ObjectUse> uses) {
        boolean secret = random.nextDouble() < references.secretsShare();
        if (catalog.count(secret, namespace) == 0) {
            secret = !secret;
        }
        int rank = popularity.next(catalog.count(secret, namespace), random);
        ObjectUse use = new ObjectUse(secret, catalog.name(secret, rank), false, mounted);
        uses.add(use);
        return use;
    }

    /** Each object once: mounted, if it is in a volume and in the environment. */
    private static List<ObjectUse> once(Iterable<ObjectUse> uses) {
        Map<String, ObjectUse> byName = new LinkedHashMap<>();
        for (ObjectUse use : uses) {
            byName.merge(use.name(), use, (first, second) -> first.mounted() ? first : second);
        }
        return List.copyOf(byName.values());
    }

    private static void env(ContainerBuilder container, String variable, ObjectUse use) {
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

    private static void envFrom(ContainerBuilder container, ObjectUse use) {
        if (use.secret()) {
            container.addNewEnvFrom().withNewSecretRef(use.name(), null).endEnvFrom();
        } else {
            container.addNewEnvFrom().withNewConfigMapRef(use.name(), null).endEnvFrom();
        }
    }

    private static Volume volume(String name, ObjectUse use) {
        VolumeBuilder volume = new VolumeBuilder().withName(name);
        return use.secret()
                ? volume.withNewSecret().withSecretName(use.name()).endSecret().build()
                : volume.withNewConfigMap().withName(use.name()).endConfigMap().build();
    }
}
