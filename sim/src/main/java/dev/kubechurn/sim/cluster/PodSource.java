package dev.kubechurn.sim.cluster;

/** Says which pods run on a node. One for each node; not safe for several threads. */
public interface PodSource {

    /** How many pods run on the node at a time. */
    int slots();

    /** The template of the next pod in a slot. */
    PodTemplate next(int slot);

    /** How long that pod lives before it succeeds, in nanoseconds; {@link Long#MAX_VALUE}: until somebody deletes it. */
    long nextLifetimeNanos();
}
