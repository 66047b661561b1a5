package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Timer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One kubelet's connection to one replica: it carries all of the kubelet's requests, its watches and its node status, on
 * a limited number of streams, first come first served. For the scheduler's thread.
 */
public final class VirtualConnection {

    private final VirtualNetwork network;
    private final int node;
    private final SplittableRandom replicaRandom;
    private Replica replica;
    private final TokenBucket tokens;
    private final @Nullable NodeStatus nodeStatus;
    private int streams;
    private int openWatches;
    private int cuts;
    private boolean quiet;
    private long slowNanos;
    private long slowestNanos;
    private boolean handingOut;

    /** Who waits for a stream and since when, in nanoseconds; null when nobody does. */
    private @Nullable Map<StreamUser, Long> waiting;

    /** @param node whose kubelet this is: its random streams decide the replica and all latencies */
    VirtualConnection(VirtualNetwork network, int node) {
        this.network = network;
        this.node = node;
        this.replicaRandom = random("replica");
        this.replica = network.replicas().any(replicaRandom);
        this.tokens = network.newTokenBucket();
        long interval = network.model().nodeStatusNanos();
        this.nodeStatus = interval == 0 ? null : new NodeStatus(this, interval);
    }

    /** The API for one kind of object over this connection. */
    public <T extends HasMetadata> ObjectApi<T> api(ObjectKind<T> kind) {
        return new VirtualApi<>(this, kind);
    }

    /** The kubelet comes up: from now on it sends its node status, until the network {@linkplain VirtualNetwork#quiet quietens}. */
    public void kubeletStarted() {
        if (nodeStatus != null && !quiet) {
            nodeStatus.start();
        }
    }

    void quiet() {
        quiet = true;
        if (nodeStatus != null) {
            nodeStatus.cancel();
        }
    }

    /** Node statuses that are missing because one is still under way. */
    long nodeStatusesMissing() {
        return nodeStatus == null ? 0 : nodeStatus.missing();
    }

    VirtualNetwork network() {
        return network;
    }

    int node() {
        return node;
    }

    void watchOpened() {
        openWatches++;
    }

    void watchClosed() {
        openWatches--;
    }

    /** How many requests and watches are on their way or being served: those with a stream that are no open watch. */
    public int underWay() {
        return streams - openWatches;
    }

    /** Nodes and the server hear nothing of each other: for one reason more, or one less if {@code false}. */
    void cut(boolean more) {
        cuts += more ? 1 : -1;
    }

    /** Whether kubelet and server hear nothing of each other. */
    boolean isCutOff() {
        return cuts > 0;
    }

    /** From now on events take so much longer; less again if negative. */
    void slowDown(long byNanos) {
        slowNanos += byNanos;
        slowestNanos = Math.max(slowestNanos, slowNanos);
    }

    /** The most that events have ever been slowed down by. */
    long slowestNanos() {
        return slowestNanos;
    }

    /** How much longer events take than the model says. */
    long slowNanos() {
        return slowNanos;
    }

    /** The replica is down: the next request goes to one that is up, if there is one. */
    void moveOn() {
        replica = network.replicas().anyThatIsUp(replicaRandom).orElse(replica);
    }

    Replica replica() {
        return replica;
    }

    SplittableRandom random(String purpose) {
        return network.randoms().stream(purpose, node);
    }

    /** Takes a token for a list or a get; returns for how many nanoseconds it must wait. */
    long takeToken() {
        long now = network.scheduler().nanos();
        long wait = tokens.take(now);
        if (wait > 0) {
            network.recorder().throttled(now, wait);
        }
        return wait;
    }

    /** Gives a stream to a user, within this call or when one becomes free. */
    void takeStream(StreamUser user) {
        if (hasFreeStream()) {
            give(user);
            return;
        }
        if (waiting == null) {
            waiting = new LinkedHashMap<>();
        }
        waiting.put(user, network.scheduler().nanos());
        network.recorder().waitsForStream();
    }

    /** A user that waits for a stream gives up. */
    void leave(StreamUser user) {
        if (waiting != null && waiting.remove(user) != null) {
            network.recorder().gaveUpWaitingForStream();
            forgetEmptyLine(waiting);
        }
    }

    /** A stream is free; it goes to the user that has waited longest. */
    void releaseStream() {
        streams--;
        if (handingOut) {
            return; // one that was refused gives its stream back at once: the loop below goes on with it
        }
        handingOut = true;
        while (waiting != null && hasFreeStream()) {
            StreamUser next = first(waiting);
            give(next);
        }
        handingOut = false;
    }

    private StreamUser first(Map<StreamUser, Long> line) {
        Iterator<Map.Entry<StreamUser, Long>> entries = line.entrySet().iterator();
        Map.Entry<StreamUser, Long> first = entries.next();
        entries.remove();
        forgetEmptyLine(line);
        network.recorder().waitedForStream(first.getValue(), network.scheduler().nanos());
        return first.getKey();
    }

    private void forgetEmptyLine(Map<StreamUser, Long> line) {
        if (line.isEmpty()) {
            waiting = null;
        }
    }

    private void give(StreamUser user) {
        streams++;
        network.streamTaken(streams);
        user.streamTaken();
    }

    private boolean hasFreeStream() {
        int limit = network.model().streamsPerConnection();
        return limit == 0 || streams < limit;
    }

    void schedule(Timer timer, long delayNanos) {
        network.scheduler().schedule(timer, delayNanos);
    }

    void cancel(Timer timer) {
        network.scheduler().cancel(timer);
    }
}
