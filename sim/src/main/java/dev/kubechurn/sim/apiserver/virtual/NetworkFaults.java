package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.StaleState;
import dev.kubechurn.sim.metrics.ObjectId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong in a {@link VirtualNetwork}: watches that end, requests that fail or take longer, nodes that are cut off,
 * replicas that go down, a cache that stands still. For the scheduler's thread.
 */
public final class NetworkFaults {

    private final ApiStore store;
    private final Replicas replicas;

    /** All of the network's, those that connect later too. */
    private final List<VirtualConnection> connections;

    private final RequestFaults requestFaults = new RequestFaults();

    /** Watches that the server closed during a partition: their kubelets believe them open. */
    private final Set<VirtualWatch> cutOff = new LinkedHashSet<>();

    private @Nullable StaleState stale;
    private ApiError.@Nullable Status lastWords;

    /** All nodes are cut off, those that connect later too. */
    private boolean partitioned;

    NetworkFaults(ApiStore store, Replicas replicas, List<VirtualConnection> connections) {
        this.store = store;
        this.replicas = replicas;
        this.connections = connections;
    }

    /** Ends every open watch as a stream ends; during a partition nobody hears of it. */
    public void dropWatches() {
        if (!partitioned) {
            dropWatches(() -> true);
        }
    }

    /** Ends the open watches that are drawn, by resource and in the order of their opening, as a stream ends. */
    public void dropWatches(BooleanSupplier drawn) {
        end(null, watch -> drawn.getAsBoolean());
    }

    /** Compacts the history up to now, and ends every open watch with an ERROR event, 410 Expired. */
    public void expireWatches() {
        if (partitioned) {
            store.compactAll();
        } else {
            expireWatches(() -> true);
        }
    }

    /** Compacts the history up to now, and ends the watches that are drawn with an ERROR event, 410 Expired. */
    public void expireWatches(BooleanSupplier drawn) {
        store.compactAll();
        end(new ApiError.Status(410, "Expired", "too old resource version"), watch -> drawn.getAsBoolean());
    }

    /** Has the next {@code times} requests of a verb answered with an error. */
    public void failNext(KubeletVerb verb, ApiError.Status error, int times) {
        requestFaults.failNext(verb, error, times);
    }

    /** From now on the requests of a verb that are drawn are answered with an error; ends when the answer is run. */
    public Runnable fail(KubeletVerb verb, ApiError.Status error, BooleanSupplier drawn) {
        return requestFaults.fail(verb, error, drawn);
    }

    /** From now on the requests of a verb that are drawn take so much longer; ends when the answer is run. */
    public Runnable delay(KubeletVerb verb, long byNanos, BooleanSupplier drawn) {
        return requestFaults.delay(verb, byNanos, drawn);
    }

    /** From now on open watches are silent and new requests are refused. */
    public void partition() {
        if (!partitioned) {
            partitioned = true;
            cutOff(connections);
        }
    }

    /** From now on the nodes' open watches are silent and their new requests are refused; heals when the answer is run. */
    public Runnable partition(IntPredicate nodes) {
        List<VirtualConnection> of = connectionsOf(nodes);
        cutOff(of);
        return () -> reconnect(of);
    }

    /** From now on the events of the nodes' watches come so much later; ends when the answer is run. */
    public Runnable slowWatchers(IntPredicate nodes, long byNanos) {
        List<VirtualConnection> of = connectionsOf(nodes);
        of.forEach(connection -> connection.slowDown(byNanos));
        return () -> of.forEach(connection -> connection.slowDown(-byNanos));
    }

    /**
     * Takes a replica down: it answers what it has, its watches end, and nobody reaches it; kubelets go to another one that
     * is up. Comes up again when the answer is run.
     */
    public Runnable takeDown(int index) {
        Replica replica = replicas.get(index);
        replica.goDown();
        end(null, watch -> watch.connection().replica() == replica);
        return replica::comeUp;
    }

    /** Takes all replicas down; when they come up again they know no history. */
    public Runnable takeDownAll() {
        List<Runnable> ends = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            ends.add(takeDown(i));
        }
        return () -> {
            store.compactAll();
            ends.forEach(Runnable::run);
        };
    }

    /** How many replicas there are. */
    public int replicas() {
        return replicas.size();
    }

    /** From now on reads of version "0" are answered from the state of this moment. */
    public void staleReads() {
        store.takeState(state -> stale = state);
    }

    /** Ends stale reads, which closes nothing. */
    public void freshReads() {
        stale = null;
    }

    /** The version that a read of version "0" gets now, if the server's cache stands still. */
    public OptionalLong staleRevision() {
        return stale == null ? OptionalLong.empty() : OptionalLong.of(stale.revision());
    }

    /** Ends a partition of all nodes, and with it every watch that is open; ends stale reads, which closes nothing. */
    public void heal() {
        freshReads();
        if (partitioned) {
            partitioned = false;
            reconnect(connections);
        }
    }

    private void cutOff(List<VirtualConnection> of) {
        Set<VirtualConnection> these = identities(of);
        store.endLateBookmarks(sink -> these.contains(((VirtualWatch) sink).connection()));
        of.forEach(connection -> connection.cut(true));
    }

    private void reconnect(List<VirtualConnection> of) {
        of.forEach(connection -> connection.cut(false));
        Set<VirtualConnection> these = identities(of);
        these.removeIf(VirtualConnection::isCutOff);
        end(null, watch -> these.contains(watch.connection()));
        List<VirtualWatch> unheard = cutOff.stream()
                .filter(watch -> these.contains(watch.connection()))
                .toList();
        cutOff.removeAll(unheard);
        unheard.forEach(VirtualWatch::closed);
    }

    private static Set<VirtualConnection> identities(List<VirtualConnection> of) {
        Set<VirtualConnection> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(of);
        return set;
    }

    /** All watches of the store come through here. */
    private void end(ApiError.@Nullable Status error, Predicate<VirtualWatch> which) {
        lastWords = error;
        store.dropWatchesOf(sink -> which.test((VirtualWatch) sink));
        lastWords = null;
    }

    /** What a server's cache that no longer follows holds, if there is one. */
    Optional<StaleState> stale() {
        return Optional.ofNullable(stale);
    }

    /** What the server says before it closes a watch, if it says anything. */
    ApiError.@Nullable Status lastWords() {
        return lastWords;
    }

    /** The server closed a watch and its kubelet cannot hear of it. */
    void cutOff(VirtualWatch watch) {
        cutOff.add(watch);
    }

    /** The server has closed the watch, and its kubelet has heard of it or has given it up. */
    void heard(VirtualWatch watch) {
        cutOff.remove(watch);
    }

    /** What the watches are on that the server closed and whose kubelets cannot hear of it. */
    Stream<ObjectId> unheard() {
        return cutOff.stream().map(VirtualWatch::id);
    }

    /** The error that a request is answered with instead of the server's answer, if one is. */
    ApiError.@Nullable Status refusal(KubeletVerb verb) {
        return requestFaults.refusal(verb);
    }

    /** How much longer a request that begins now takes than the model says. */
    long delayNanos(KubeletVerb verb) {
        return requestFaults.delayNanos(verb);
    }

    private List<VirtualConnection> connectionsOf(IntPredicate nodes) {
        return connections.stream()
                .filter(connection -> nodes.test(connection.node()))
                .toList();
    }
}
