package dev.kubechurn.core.fabric8;

import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A scripted server, a client of it, and the threads between them. */
final class ApiFixture implements AutoCloseable {

    private static final int THREADS = 3;
    static final ObjectKey KEY = new ObjectKey("ns", "app");
    static final WatchOptions OPTIONS = new WatchOptions("5", true, 1800);

    final ScriptedServer server = new ScriptedServer();
    final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    final KubernetesClient client;
    final KubernetesObjectApi<ConfigMap> configMaps;

    ApiFixture(int maxConnections) {
        client = KubernetesClients.create(server.config(), pool, maxConnections);
        configMaps = KubernetesObjectApi.configMaps(client, pool);
    }

    ApiFixture(Config config) {
        client = KubernetesClients.create(config, pool, 100);
        configMaps = KubernetesObjectApi.configMaps(client, pool);
    }

    ApiFixture() {
        this(100);
    }

    Recorder<ConfigMap> list() {
        Recorder<ConfigMap> recorder = new Recorder<>();
        configMaps.list(KEY, "0", recorder);
        return recorder;
    }

    Recorder<ConfigMap> get() {
        Recorder<ConfigMap> recorder = new Recorder<>();
        configMaps.get(KEY, "", recorder);
        return recorder;
    }

    Recorder<ConfigMap> watch() {
        Recorder<ConfigMap> recorder = new Recorder<>();
        configMaps.watch(KEY, OPTIONS, recorder);
        return recorder;
    }

    /** Waits until every task that the pool has now is done. */
    void drain() {
        CyclicBarrier allHere = new CyclicBarrier(THREADS);
        CompletableFuture<?>[] idle = new CompletableFuture<?>[THREADS];
        Arrays.setAll(idle, i -> CompletableFuture.runAsync(() -> meet(allHere), pool));
        CompletableFuture.allOf(idle).join();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        KubernetesClients.close(client);
        server.close();
        pool.shutdownNow();
    }

    /** A ConfigMap as the server sends it. */
    static String configMap(String resourceVersion, String value) {
        return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"namespace\":\"ns\",\"name\":\"app\","
                + "\"resourceVersion\":\"" + resourceVersion + "\"},\"data\":{\"k\":\"" + value + "\"}}";
    }

    /** A watch event as the server sends it. */
    static String event(String type, String object) {
        return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
    }

    /** A Status as the server sends it. */
    static String status(int code, String reason, String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\""
                + message + "\",\"reason\":\"" + reason + "\",\"code\":" + code + "}";
    }
}
