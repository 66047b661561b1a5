package dev.kubechurn.sim.workload;

import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.engine.Draw;
import java.util.List;
import java.util.SplittableRandom;

/** Pods from manifests: each slot has one template for good. */
final class TemplatePods implements PodSource {

    private final List<PodTemplate> templates;
    private final SplittableRandom random;
    private final Draw lifetimeNanos;

    /** The pods of one node, a slot for each. */
    TemplatePods(List<PodTemplate> templates, SplittableRandom random, Draw lifetimeNanos) {
        this.templates = List.copyOf(templates);
        this.random = random;
        this.lifetimeNanos = lifetimeNanos;
    }

    @Override
    public int slots() {
        return templates.size();
    }

    @Override
    public PodTemplate next(int slot) {
        return templates.get(slot);
    }

    @Override
    public long nextLifetimeNanos() {
        return lifetimeNanos.next(random);
    }
}
