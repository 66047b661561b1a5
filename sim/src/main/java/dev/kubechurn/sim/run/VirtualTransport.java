package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.virtual.NetworkFigures;
import dev.kubechurn.sim.apiserver.virtual.RequestTally;
import dev.kubechurn.sim.apiserver.virtual.VirtualConnection;
import dev.kubechurn.sim.apiserver.virtual.VirtualNetwork;
import dev.kubechurn.sim.faults.FaultDomain;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Kubelets and an API server in virtual time, with a model of the way between them. For the run's thread. */
final class VirtualTransport implements Transport {

    private final ApiStore store;
    private final VirtualNetwork network;
    private final Map<Integer, VirtualConnection> connections = new HashMap<>();

    VirtualTransport(ApiStore store, VirtualNetwork network) {
        this.store = store;
        this.network = network;
    }

    @Override
    public String title() {
        return "virtual time";
    }

    @Override
    public String caution() {
        return "virtual time: all latencies are simulated, and CPU time counts as zero";
    }

    @Override
    public ObjectApi<ConfigMap> configMaps(int node) {
        return connection(node).api(ObjectKind.CONFIG_MAP);
    }

    @Override
    public ObjectApi<Secret> secrets(int node) {
        return connection(node).api(ObjectKind.SECRET);
    }

    private VirtualConnection connection(int node) {
        return connections.computeIfAbsent(node, network::connect);
    }

    @Override
    public void kubeletStarted(int node) {
        connection(node).kubeletStarted();
    }

    @Override
    public void measureFrom(long nanos) {
        network.measureFrom(nanos);
    }

    @Override
    public long readable() {
        return network.faults().staleRevision().orElse(Long.MAX_VALUE);
    }

    @Override
    public FaultDomain faultDomain(FaultyKubelets kubelets) {
        return new VirtualFaults(network, kubelets);
    }

    @Override
    public void loadEnded() {
        network.quiet();
    }

    @Override
    public int waiting() {
        return network.waiting();
    }

    @Override
    public int underWay() {
        return network.underWay();
    }

    @Override
    public int underWay(int node) {
        return connection(node).underWay();
    }

    @Override
    public Duration slowest() {
        return Duration.ofNanos(network.slowestNanos());
    }

    @Override
    public Optional<NetworkFigures> modelFigures() {
        return Optional.of(network.figures());
    }

    @Override
    public void tally(RequestTally into) {
        network.tally(into);
    }

    @Override
    public ObjectWriter writer() {
        return new StoreWriter(store);
    }

    @Override
    public ServerLoad load() {
        return ServerLoad.of(network.statistics().snapshot(), store.openWatchCount());
    }

    @Override
    public Map<ObjectId, Integer> openWatches() {
        return StoreWatches.of(store);
    }

    @Override
    public void close() {}
}
