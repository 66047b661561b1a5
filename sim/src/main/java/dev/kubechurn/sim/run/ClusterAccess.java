package dev.kubechurn.sim.run;

import dev.kubechurn.sim.shard.Shard;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;

/**
 * A real API server and what a run may do there. Immutable.
 *
 * @param config where it is and how to log in
 * @param runId names the run's namespaces, {@code kubechurn-RUNID-N}, and is their label
 * @param qps how many requests a second the run sends at most, its writes and those of all kubelets together, of all shards
 * @param shard the part of the run that this process does
 * @param fingerprint of all that must be the same in all shards: scenario, seed, manifests, version
 * @param patience for how long a shard waits for the others before it gives up
 * @param asNodes whether the kubelets ask as nodes, and not as who the run is
 * @param ownServer whether the server is {@code kubechurn serve}, which tells its own figures
 */
public record ClusterAccess(
        Config config,
        String runId,
        int qps,
        Shard shard,
        String fingerprint,
        Duration patience,
        boolean asNodes,
        boolean ownServer) {

    public ClusterAccess {
        requireRunId(runId);
        if (qps < 1) {
            throw new IllegalArgumentException("qps must be at least 1, not " + qps);
        }
    }

    /**
     * The id as it was given.
     *
     * @throws IllegalArgumentException if it cannot name namespaces
     */
    public static String requireRunId(String runId) {
        if (!runId.matches("[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "\"" + runId + "\" is not a run id: use at most 32 lowercase letters, digits and '-'");
        }
        return runId;
    }

    /** Who a kubelet says that it is where kubelets ask as nodes. */
    public static String userOfNode(int node) {
        return ClusterKubelets.user(node);
    }

    /** Never the credentials. */
    @Override
    public String toString() {
        return (shard.isWhole() ? "" : "shard " + shard + " of ") + "run " + runId + " on " + config.getMasterUrl();
    }
}
