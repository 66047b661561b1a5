package dev.kubechurn.sim.workload;

/**
 * How many objects a pod of the scenario's making names, and which.
 *
 * @param env variables taken from one key each
 * @param envFrom whole objects as environment
 * @param volumes objects mounted
 * @param secretsShare of the references that name a Secret, 0 to 1; the others name a ConfigMap
 * @param zipfExponent of the popularity of the objects of a namespace; 0 is uniform
 * @param kubeRootCa whether the service account's volume with {@code kube-root-ca.crt} is mounted as well
 */
public record References(
        int env, int envFrom, int volumes, double secretsShare, double zipfExponent, boolean kubeRootCa) {

    /** References of one pod, without that to {@code kube-root-ca.crt}. */
    int perPod() {
        return env + envFrom + volumes;
    }
}
