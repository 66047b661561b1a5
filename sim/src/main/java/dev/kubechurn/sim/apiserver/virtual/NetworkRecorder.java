package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.sim.metrics.LatencyRecorder;
import java.util.List;

/** Records what connections and kubelets' limits cost. For the scheduler's thread; nanoseconds. */
final class NetworkRecorder {

    private final LatencyRecorder throttled = LatencyRecorder.ofOneThread();
    private final LatencyRecorder streamWaits = LatencyRecorder.ofOneThread();
    private final LatencyRecorder nodeStatus = LatencyRecorder.ofOneThread();
    private long fromNanos;
    private long retries;
    private long nodeStatusMissed;
    private int streamsPeak;
    private int waitingForStream;
    private int waitingToSend;

    /** Takes only the latencies of what begins at or after a moment. */
    void measureFrom(long nanos) {
        fromNanos = nanos;
    }

    void throttled(long nowNanos, long waitNanos) {
        if (nowNanos >= fromNanos) {
            throttled.record(waitNanos);
        }
    }

    /** A request waits for a token or for a second try; of those that do, it may be one less. */
    void waitingToSend(int change) {
        waitingToSend += change;
    }

    int waiting() {
        return waitingToSend + waitingForStream;
    }

    void streamsInUse(int streams) {
        streamsPeak = Math.max(streamsPeak, streams);
    }

    void waitsForStream() {
        waitingForStream++;
    }

    void gaveUpWaitingForStream() {
        waitingForStream--;
    }

    void waitedForStream(long sinceNanos, long nowNanos) {
        waitingForStream--;
        if (sinceNanos >= fromNanos) {
            streamWaits.record(nowNanos - sinceNanos);
        }
    }

    void retried() {
        retries++;
    }

    void nodeStatus(long dueNanos, long nowNanos) {
        if (dueNanos >= fromNanos) {
            nodeStatus.record(nowNanos - dueNanos);
        }
    }

    void nodeStatusMissed(long count) {
        nodeStatusMissed += count;
    }

    /** @param missedNow node statuses that are missing because others are still under way */
    NetworkFigures figures(List<NetworkFigures.OfReplica> replicas, long missedNow) {
        return new NetworkFigures(
                replicas,
                retries,
                throttled.total(),
                streamsPeak,
                streamWaits.total(),
                waitingForStream,
                nodeStatus.total(),
                nodeStatusMissed + missedNow);
    }
}
