package dev.kubechurn.core.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;

/**
 * Tells the managers which pods are alive: registers those that may run, unregisters those that have ended (P1 to P5).
 * Static and mirror pods take the same path as all others (P5).
 *
 * <p>Stateless; safe from any thread as far as its registries are.
 */
public final class PodManager {

    private final PodRegistry configMaps;
    private final PodRegistry secrets;

    public PodManager(PodRegistry configMaps, PodRegistry secrets) {
        this.configMaps = configMaps;
        this.secrets = secrets;
    }

    /** Takes added or changed pods in the order of the list; pods that are not in it are left alone (P3). */
    public void updatePods(List<Pod> pods) {
        pods.forEach(this::updatePod);
    }

    /** Takes one added or changed pod: phase Succeeded or Failed unregisters it, any other registers it (P1, P2). */
    public void updatePod(Pod pod) {
        if (isTerminated(pod)) {
            deletePod(pod);
        } else {
            configMaps.registerPod(pod);
            secrets.registerPod(pod);
        }
    }

    /** Takes a deleted pod, whatever its phase (P4). */
    public void deletePod(Pod pod) {
        configMaps.unregisterPod(pod);
        secrets.unregisterPod(pod);
    }

    private static boolean isTerminated(Pod pod) {
        PodStatus status = pod.getStatus();
        String phase = status == null ? null : status.getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }
}
