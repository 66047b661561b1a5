package dev.kubechurn.sim.workload;

import dev.kubechurn.sim.engine.Draw;

/**
 * A load of the scenario's making.
 *
 * @param podsPerNode that run at a time
 * @param lifetimeNanos of a pod; {@link Long#MAX_VALUE}: until somebody deletes it
 */
public record SyntheticLoad(
        int namespaces,
        Objects configMaps,
        Objects secrets,
        int podsPerNode,
        References references,
        Draw lifetimeNanos) {

    /**
     * Objects of one kind.
     *
     * @param bytes of one object's values together
     * @param immutableShare of them that say {@code immutable: true}, 0 to 1
     */
    public record Objects(int count, int keys, Draw bytes, double immutableShare) {}
}
