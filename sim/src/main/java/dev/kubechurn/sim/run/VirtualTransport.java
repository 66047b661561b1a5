package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.virtual.VirtualNetwork;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.SortedMap;

/** Kubelets and an API server in virtual time, with a model of the way between them. For the run's thread. */
final class VirtualTransport implements Transport {

    private final ApiStore store;
    private final VirtualNetwork network;

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
        return "virtual time: all latencies are simulated, and what a CPU does takes none";
    }

    @Override
    public ObjectApi<ConfigMap> configMaps() {
        return network.api(ObjectKind.CONFIG_MAP);
    }

    @Override
    public ObjectApi<Secret> secrets() {
        return network.api(ObjectKind.SECRET);
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
    public SortedMap<ObjectId, Integer> openWatches() {
        return StoreWatches.of(store);
    }

    @Override
    public void close() {}
}
