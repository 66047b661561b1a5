package dev.kubechurn.core.pod;

import io.fabric8.kubernetes.api.model.Pod;

/** Remembers which pods are on the node; the ConfigMap and the Secret manager are one each (rules M). */
public interface PodRegistry {

    /** Registers the pod, or settles the difference if it is known; never waits and never fails (M2 to M4). */
    void registerPod(Pod pod);

    /** Drops what is remembered of the pod; only its namespace, name and uid count (M5, M6). */
    void unregisterPod(Pod pod);
}
