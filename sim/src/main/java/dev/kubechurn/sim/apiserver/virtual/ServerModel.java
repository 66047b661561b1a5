package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.sim.engine.Draw;

/**
 * What stands between kubelets and the store in virtual time: how long requests take and how many are served at once.
 * Each number's source is in docs/model.md.
 *
 * @param replicas of the API server, behind one address
 * @param maxInFlight requests that one replica serves at once; watches do not count
 * @param queue requests that wait for one replica; those that come then are answered 429
 * @param streamsPerConnection requests and open watches of one kubelet at once; 0: no limit
 * @param qps lists and gets that one kubelet sends per second; 0: no limit
 * @param burst lists and gets that one kubelet sends at once after a rest
 * @param nodeStatusNanos from one node status of a kubelet to the next; 0: none are sent
 */
public record ServerModel(
        Latency latency,
        int replicas,
        int maxInFlight,
        int queue,
        int streamsPerConnection,
        int qps,
        int burst,
        long nodeStatusNanos) {

    /** A server that answers at once, whatever it is asked, and kubelets that send no node status. */
    public static final ServerModel INSTANT = new ServerModel(
            new Latency(Draw.constant(0), Draw.constant(0), Draw.constant(0), Draw.constant(0)),
            1,
            Integer.MAX_VALUE,
            0,
            0,
            0,
            0,
            0);

    public ServerModel {
        if (replicas < 1 || maxInFlight < 1 || queue < 0 || streamsPerConnection < 0 || nodeStatusNanos < 0) {
            throw new IllegalArgumentException(
                    "invalid server model: replicas " + replicas + ", in flight " + maxInFlight + ", queue " + queue
                            + ", streams " + streamsPerConnection + ", node status " + nodeStatusNanos);
        }
        if (qps < 0 || (qps > 0 && burst < 1)) {
            throw new IllegalArgumentException("invalid client limit: qps " + qps + ", burst " + burst);
        }
    }

    /**
     * Service times in nanoseconds, the way there and back included.
     *
     * @param get of a get, and of a node status
     * @param list of a list
     * @param watch until a watch stands
     * @param event from a commit to its event at the kubelet
     */
    public record Latency(Draw get, Draw list, Draw watch, Draw event) {}
}
