package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.fabric8.KubernetesClients;
import dev.kubechurn.core.fabric8.KubernetesObjectApi;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.engine.EngineThreads;
import dev.kubechurn.sim.faults.FaultDomain;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Kubelets and a mock API server in one process, with real HTTP over the loopback interface between them. */
final class MockTransport implements Transport {

    private static final int CALLBACK_THREADS = 4;
    private static final int MAX_CONNECTIONS = 20_000;

    private final ApiStore store;
    private final MockApiServer server;
    private final ExecutorService callbacks;
    private final KubernetesClient client;
    private final ObjectApi<ConfigMap> configMaps;
    private final ObjectApi<Secret> secrets;

    /** @param callbackFailed told of what a kubelet's handler of API answers throws */
    MockTransport(ApiStore store, MockApiServer server, Consumer<Throwable> callbackFailed) {
        this.store = store;
        this.server = server;
        this.callbacks = Executors.newFixedThreadPool(CALLBACK_THREADS, new EngineThreads("api"));
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url().toString())
                .build();
        this.client = KubernetesClients.create(config, callbacks, MAX_CONNECTIONS);
        this.configMaps = KubernetesObjectApi.configMaps(client, callbacks, callbackFailed);
        this.secrets = KubernetesObjectApi.secrets(client, callbacks, callbackFailed);
    }

    @Override
    public String title() {
        return "HTTP to " + server.url().getAuthority();
    }

    @Override
    public String caution() {
        return "client and server share this machine, so latencies include both";
    }

    @Override
    public ObjectApi<ConfigMap> configMaps(int node) {
        return configMaps;
    }

    @Override
    public ObjectApi<Secret> secrets(int node) {
        return secrets;
    }

    @Override
    public long readable() {
        return server.faults().staleRevision().orElse(Long.MAX_VALUE);
    }

    @Override
    public FaultDomain faultDomain(FaultyKubelets kubelets) {
        return new MockFaults(store, server, kubelets);
    }

    @Override
    public ObjectWriter writer() {
        return new StoreWriter(store);
    }

    @Override
    public ServerLoad load() {
        return ServerLoad.of(server.statistics().snapshot(), store.openWatchCount());
    }

    @Override
    public Map<ObjectId, Integer> openWatches() {
        return StoreWatches.of(store);
    }

    @Override
    public void close() {
        KubernetesClients.close(client);
        server.close();
        callbacks.shutdownNow();
    }
}
