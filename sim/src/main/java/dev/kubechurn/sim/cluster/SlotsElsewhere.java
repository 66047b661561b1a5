package dev.kubechurn.sim.cluster;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known here of the pods of a node that lives in another process: enough to choose among the pods of the whole cluster
 * as that process does. For one thread at a time.
 */
public final class SlotsElsewhere implements PodSlots {

    private final @Nullable PodTemplate[] templates;
    private final BooleanSupplier up;

    /** @param up whether the node has come up: before that it has no pods */
    public SlotsElsewhere(PodSource pods, BooleanSupplier up) {
        this.up = up;
        templates = new PodTemplate[pods.slots()];
        for (int slot = 0; slot < templates.length; slot++) {
            templates[slot] = pods.next(slot);
            pods.nextLifetimeNanos(); // drawn there too, after each pod
        }
    }

    @Override
    public int slots() {
        return templates.length;
    }

    @Override
    public @Nullable PodTemplate template(int slot) {
        return up.getAsBoolean() ? templates[slot] : null;
    }

    @Override
    public void delete(int slot) {
        templates[slot] = null;
    }

    @Override
    public void fill(int slot, PodTemplate template, long dueNanos) {
        templates[slot] = template;
    }
}
