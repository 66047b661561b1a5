package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.sim.apiserver.virtual.NetworkFigures;
import dev.kubechurn.sim.apiserver.virtual.RequestTally;
import dev.kubechurn.sim.faults.FaultDomain;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API server and the kubelets' way to it. Safe from any thread. */
interface Transport extends AutoCloseable {

    /** For people: {@code HTTP to 127.0.0.1:41873}. */
    String title();

    /** What must be known before its latencies are believed, in one line. */
    String caution();

    /** The way of one node's kubelet to the ConfigMaps. */
    ObjectApi<ConfigMap> configMaps(int node);

    /** The way of one node's kubelet to the Secrets. */
    ObjectApi<Secret> secrets(int node);

    /** A node's kubelet comes up. */
    default void kubeletStarted(int node) {}

    /** Latencies that the transport itself takes are those of what begins at or after {@code nanos}. */
    default void measureFrom(long nanos) {}

    /** The newest version that a first read of a kubelet can get now: that of a server's cache if it stands still. */
    default long readable() {
        return Long.MAX_VALUE;
    }

    /**
     * What faults can do to the server and to the way to it.
     *
     * @param kubelets what they can do to kubelets
     */
    FaultDomain faultDomain(FaultyKubelets kubelets);

    /** The load is over: from now on kubelets send only what their pods need. */
    default void loadEnded() {}

    /** How many requests and watches wait for their turn, at the kubelets' limits or the server's. */
    default int waiting() {
        return 0;
    }

    /** How many requests and watches are on their way or being served, as far as can be told. */
    default int underWay() {
        return 0;
    }

    /** The same, of one node's kubelet. */
    default int underWay(int node) {
        return 0;
    }

    /** Whether requests wait for a pace that is ours and not the kubelets': then those that wait are of the load, too. */
    default boolean isPaced() {
        return false;
    }

    /** How much longer than usual an event may still be on its way that nobody can see. */
    default Duration slowest() {
        return Duration.ZERO;
    }

    /** What a model of the server has seen so far, if the server is a model. */
    default Optional<NetworkFigures> modelFigures() {
        return Optional.empty();
    }

    /**
     * From now on counts by node and object too.
     *
     * @throws UnsupportedOperationException where all nodes share one client
     */
    default void tally(RequestTally into) {
        throw new UnsupportedOperationException("only virtual time distinguishes nodes");
    }

    /** Where this process meets the others that do parts of the same run, if there are any. */
    default Optional<Meeting> meeting() {
        return Optional.empty();
    }

    /** The load is about to begin. */
    default void loadBegins() {}

    /** What the server itself tells of the load so far, if it tells anything; blocks on the network. */
    default List<Metric> ownFigures() {
        return List.of();
    }

    /** What else the reader of a result must know of what happened, a line each. */
    default List<String> notes() {
        return List.of();
    }

    /** The way of those who own the objects; it is not counted in {@link #load}. */
    ObjectWriter writer();

    /** What the kubelets have asked of the server so far. */
    ServerLoad load();

    /** How many watches the server holds open now, for each object. */
    Map<ObjectId, Integer> openWatches();

    @Override
    void close();
}
