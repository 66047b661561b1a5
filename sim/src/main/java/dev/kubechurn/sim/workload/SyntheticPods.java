package dev.kubechurn.sim.workload;

import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.engine.Draw;
import java.util.SplittableRandom;

/** Pods of the scenario's making: each names objects of one namespace, drawn by popularity from the node's stream. */
final class SyntheticPods implements PodSource {

    private final int slots;
    private final References references;
    private final ObjectCatalog catalog;
    private final SyntheticSpecs specs;
    private final Popularity popularity;
    private final SplittableRandom random;
    private final Draw lifetimeNanos;

    SyntheticPods(
            int slots,
            References references,
            ObjectCatalog catalog,
            SyntheticSpecs specs,
            Popularity popularity,
            SplittableRandom random,
            Draw lifetimeNanos) {
        this.slots = slots;
        this.references = references;
        this.catalog = catalog;
        this.specs = specs;
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
        int[] objects = new int[references.perPod()];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = draw(namespace);
        }
        return new PodTemplate(catalog.namespace(namespace), "pod", specs.naming(objects));
    }

    private int draw(int namespace) {
        boolean secret = random.nextDouble() < references.secretsShare();
        if (catalog.count(secret, namespace) == 0) {
            secret = !secret;
        }
        return SyntheticSpecs.object(secret, popularity.next(catalog.count(secret, namespace), random));
    }
}
