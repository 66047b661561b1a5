package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.fabric8.KubernetesClients;
import dev.kubechurn.core.fabric8.KubernetesObjectApi;
import dev.kubechurn.sim.engine.EngineThreads;
import dev.kubechurn.sim.faults.FaultDomain;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Simulated kubelets and a real API server: the objects are real, in namespaces of the run's own; pods are not. */
final class ClusterTransport implements Transport {

    private static final int CALLBACK_THREADS = 4;
    private static final int MAX_CONNECTIONS = 20_000;

    private final ClusterAccess access;
    private final ExecutorService callbacks;
    private final KubernetesClient client;
    private final ClusterNamespaces namespaces;
    private final RequestPace pace;
    private final ClientTally tally;
    private final ClusterWriter writer;
    private final ObjectApi<ConfigMap> configMaps;
    private final ObjectApi<Secret> secrets;

    /**
     * Connects, and creates the namespaces.
     *
     * @param happened told whenever a watch begins or ends
     * @param failures told of what the server refuses, and of what a kubelet's handler of API answers throws
     * @throws EnvironmentException if the server cannot be reached or lets this run not do what it must
     */
    ClusterTransport(
            ClusterAccess access,
            Collection<String> scenarioNamespaces,
            Scheduler scheduler,
            CommitLog commits,
            Runnable happened,
            Consumer<Throwable> failures) {
        this.access = access;
        this.callbacks = Executors.newFixedThreadPool(CALLBACK_THREADS, new EngineThreads("api"));
        this.client = KubernetesClients.create(access.config(), callbacks, MAX_CONNECTIONS);
        this.namespaces = new ClusterNamespaces(client, access.runId());
        this.pace = new RequestPace(scheduler, access.qps());
        this.tally = new ClientTally(happened);
        WriteGates gates = new WriteGates();
        this.writer = new ClusterWriter(client, namespaces, scheduler, pace, gates, commits, failures);
        this.configMaps = new ClusterApi<>(
                KubernetesObjectApi.configMaps(client, callbacks, failures),
                ObjectKind.CONFIG_MAP,
                namespaces,
                scheduler,
                pace,
                tally,
                gates);
        this.secrets = new ClusterApi<>(
                KubernetesObjectApi.secrets(client, callbacks, failures),
                ObjectKind.SECRET,
                namespaces,
                scheduler,
                pace,
                tally,
                gates);
        try {
            ClusterPermissions.require(client);
            scenarioNamespaces.forEach(namespaces::create);
        } catch (RuntimeException refused) {
            closeAfter(refused);
            throw refused;
        }
    }

    private void closeAfter(RuntimeException refused) {
        try {
            close();
        } catch (EnvironmentException alsoRefused) {
            refused.addSuppressed(alsoRefused);
        }
    }

    @Override
    public String title() {
        return "the cluster at " + client.getMasterUrl() + ", run " + access.runId() + ", at most " + access.qps()
                + " requests/s";
    }

    @Override
    public String caution() {
        return "requests and watches are counted at the client; an update counts from when its write was sent";
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
    public FaultDomain faultDomain(FaultyKubelets kubelets) {
        return new ClusterFaults(kubelets);
    }

    @Override
    public int waiting() {
        return pace.waiting() + writer.underWay();
    }

    @Override
    public int underWay() {
        return tally.underWay();
    }

    @Override
    public boolean isPaced() {
        return true;
    }

    @Override
    public ObjectWriter writer() {
        return writer;
    }

    @Override
    public ServerLoad load() {
        return tally.load();
    }

    @Override
    public Map<ObjectId, Integer> openWatches() {
        return tally.openWatches();
    }

    /** Deletes all that the run created. */
    @Override
    public void close() {
        writer.close();
        try {
            namespaces.delete();
        } finally {
            KubernetesClients.close(client);
            callbacks.shutdownNow();
        }
    }
}
