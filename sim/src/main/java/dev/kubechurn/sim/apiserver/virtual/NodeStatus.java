package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import java.util.SplittableRandom;

/**
 * A kubelet's sign of life, sent again and again: it needs a stream and a place at the replica as any request, but no
 * token, because the kubelet sends it by a client without a limit. The next is due one interval after the answer to the
 * one before, so that late ones do not pile up.
 */
final class NodeStatus extends VirtualRequest {

    private final long intervalNanos;
    private final SplittableRandom random;
    private long dueAtNanos;

    /** It never got to the server. */
    private boolean lost;

    NodeStatus(VirtualConnection connection, long intervalNanos) {
        super(connection);
        this.intervalNanos = intervalNanos;
        this.random = connection.random("status-latency");
    }

    /** The first is due within one interval, at a moment of the node's own. */
    void start() {
        plan((long) (connection.random("status-phase").nextDouble() * intervalNanos));
    }

    /** How many intervals the one under way has missed so far. */
    long missing() {
        return isUnderWay() ? (now() - dueAtNanos) / intervalNanos : 0;
    }

    @Override
    void due() {
        dueAtNanos = now();
        send();
    }

    @Override
    boolean needsToken() {
        return false;
    }

    @Override
    long serve() {
        lost = !connection.network().reaches(connection, replica());
        return connection.network().model().latency().get().next(random);
    }

    @Override
    void answered() {
        if (lost) {
            failed();
            return;
        }
        NetworkRecorder recorder = connection.network().recorder();
        recorder.nodeStatus(dueAtNanos, now());
        recorder.nodeStatusMissed((now() - dueAtNanos) / intervalNanos);
        plan(intervalNanos);
    }

    @Override
    void refusedOnce() {}

    @Override
    void refused(ApiError.Status error) {
        failed();
    }

    private void failed() {
        connection.network().recorder().nodeStatusMissed(1 + (now() - dueAtNanos) / intervalNanos);
        plan(intervalNanos);
    }

    private long now() {
        return connection.network().scheduler().nanos();
    }
}
