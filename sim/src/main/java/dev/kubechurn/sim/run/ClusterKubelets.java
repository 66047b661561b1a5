package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.fabric8.MultiplexedClients;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The simulated kubelets of a run as clients of a real API server, each with connections of its own. Safe from any thread. */
final class ClusterKubelets implements AutoCloseable {

    /** As which group a server knows kubelets. */
    static final String NODES_GROUP = "system:nodes";

    /** What {@code --print-rbac --as-nodes} lets read: the nodes of the cluster itself are not to get more than they have. */
    static final String READERS_GROUP = "kubechurn:kubelets";

    private static final String NODE_USER = "system:node:";
    private static final long MOST_CONNECT_SECONDS = 30;

    private final MultiplexedClients clients;
    private final Map<Integer, MultiplexedClients.Way> ways = new ConcurrentHashMap<>();
    private final boolean asNodes;
    private final Executor callbacks;
    private final Consumer<Throwable> failures;

    /**
     * Connects when the first request is sent.
     *
     * @param asNodes whether each asks as a node, and not as who the run is
     * @param failures told of what a handler of API answers throws
     */
    ClusterKubelets(Config config, boolean asNodes, Executor callbacks, Consumer<Throwable> failures) {
        this.clients = MultiplexedClients.create(config, callbacks);
        this.asNodes = asNodes;
        this.callbacks = callbacks;
        this.failures = failures;
    }

    /** Who a kubelet says that it is: a node of a name that no node of a cluster is likely to have. */
    static String user(int node) {
        return NODE_USER + "kubechurn-node-" + node;
    }

    private MultiplexedClients.Way way(int node) {
        return ways.computeIfAbsent(node, any -> clients.open(headers(node)));
    }

    private Map<String, List<String>> headers(int node) {
        return asNodes
                ? Map.of(
                        "Impersonate-User", List.of(user(node)),
                        "Impersonate-Group", List.of(NODES_GROUP, READERS_GROUP))
                : Map.of();
    }

    ObjectApi<ConfigMap> configMaps(int node) {
        return way(node).configMaps(callbacks, failures);
    }

    ObjectApi<Secret> secrets(int node) {
        return way(node).secrets(callbacks, failures);
    }

    /** Connects all kubelets that are known by now, as those of a cluster are before a pod comes. Blocks, not for ever. */
    void connect() {
        CompletableFuture<?>[] all =
                ways.values().stream().map(MultiplexedClients.Way::connect).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get(MOST_CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            return; // what cannot connect fails again when it asks
        }
    }

    /** How many connections the kubelets have, counted here. */
    List<Metric> figures() {
        MultiplexedClients.Connections counts = clients.connections();
        return List.of(
                figure("client.connections", counts.open()),
                figure("client.connections.peak", counts.peak()),
                figure("client.connections.opened", counts.opened()));
    }

    private static Metric figure(String name, long value) {
        return new ValueMetric(MetricDescriptor.of(name, Unit.COUNT).lowerIsBetter(), value);
    }

    @Override
    public void close() {
        clients.close();
    }
}
