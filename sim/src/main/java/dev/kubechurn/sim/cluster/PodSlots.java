package dev.kubechurn.sim.cluster;

import org.jspecify.annotations.Nullable;

/** The places for pods on one node, whether the node lives in this process or in another. */
public interface PodSlots {

    /** How many there are, filled or not. */
    int slots();

    /** What the pod in the slot was made from; null: there is none. */
    @Nullable
    PodTemplate template(int slot);

    /** Deletes the pod in the slot. */
    void delete(int slot);

    /** Starts a pod of a template in the slot if it is empty. */
    void fill(int slot, PodTemplate template, long dueNanos);
}
