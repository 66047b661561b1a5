package dev.kubechurn.sim.apiserver.virtual;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What the model of the API server and of the kubelets' connections has seen so far. Counts and peaks are of the whole
 * time, latencies (in nanoseconds) of what began in the measured time and is over.
 *
 * @param replicas one for each replica
 * @param retries requests sent again after a 429
 * @param throttled how long lists and gets waited for their kubelet's own limit; those that waited
 * @param streamsPeak most streams of one connection in use at once
 * @param streamWaits how long requests and watches waited for a stream; those that waited
 * @param waitingForStream requests and watches that wait for a stream now
 * @param nodeStatus from when a node status was due to its answer
 * @param nodeStatusMissed node statuses that were not sent in their interval, because the one before was still under way
 *     or was refused
 */
public record NetworkFigures(
        List<OfReplica> replicas,
        long retries,
        Histogram throttled,
        int streamsPeak,
        Histogram streamWaits,
        int waitingForStream,
        Histogram nodeStatus,
        long nodeStatusMissed) {

    public NetworkFigures {
        replicas = List.copyOf(replicas);
    }

    /**
     * What one replica has seen.
     *
     * @param inFlightPeak most requests served at once
     * @param queuePeak most requests that waited at once
     * @param rejected requests answered 429
     * @param watches open now
     * @param watchesPeak most watches open at once
     */
    public record OfReplica(int inFlightPeak, int queuePeak, long rejected, int watches, int watchesPeak) {}
}
