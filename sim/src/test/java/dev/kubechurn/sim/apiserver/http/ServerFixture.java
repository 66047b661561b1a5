package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ManualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A store on a manual clock behind a real server, with a real client. It is not the one of our kubelets, whose watches are
 * opened on an event loop of theirs (see KubernetesClients): opened elsewhere, its watches may miss what the server sends
 * at once; nor that of the JDK, whose WebSockets may lose what comes with the handshake.
 */
final class ServerFixture implements AutoCloseable {

    final ManualScheduler scheduler = new ManualScheduler();
    final ApiStore store = new ApiStore(ApiStore.Limits.DEFAULT, scheduler, scheduler, new SplittableRandom(1));
    final MockApiServer server;
    final KubernetesClient client;
    private final HttpClient plain = HttpClient.newHttpClient();

    ServerFixture() throws IOException {
        this(false);
    }

    /** @param forAnyClient over the carrier of {@code serve}, without its namespaces */
    ServerFixture(boolean forAnyClient) throws IOException {
        server = forAnyClient ? anyClients(store) : MockApiServer.start(store);
        client = new KubernetesClientBuilder()
                .withConfig(config().build())
                .withHttpClientFactory(new OkHttpClientFactory())
                .build();
    }

    private ConfigBuilder config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url().toString())
                .withRequestRetryBackoffLimit(0);
    }

    /** A client without WebSockets, as shards have to follow each other's writes; closed by the caller. */
    KubernetesClient overPlainHttp() {
        return new KubernetesClientBuilder()
                .withConfig(config().withOnlyHttpWatches(true).build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    private static MockApiServer anyClients(ApiStore store) throws IOException {
        ServedStore served = new ServedStore(store);
        return MockApiServer.start(
                served,
                () -> new VertxListener(served, Access.OPEN, null),
                "http",
                InetAddress.getLoopbackAddress(),
                0);
    }

    static ConfigMap configMap(String namespace, String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
    }

    /** A request without any Kubernetes client. */
    HttpResponse<String> request(String method, String target, String body) throws Exception {
        return plain.send(plainRequest(method, target, body), HttpResponse.BodyHandlers.ofString());
    }

    /** The same, without waiting for the answer. */
    CompletableFuture<HttpResponse<String>> send(String method, String target, String body) {
        return plain.sendAsync(plainRequest(method, target, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest plainRequest(String method, String target, String body) {
        return HttpRequest.newBuilder(uri(target, "http"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    URI uri(String target, String scheme) {
        return URI.create(scheme + "://" + server.url().getAuthority() + target);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    /** Keeps what a client's watch brings. */
    static final class Events implements Watcher<ConfigMap> {

        final List<String> seen = new CopyOnWriteArrayList<>();
        volatile @Nullable ConfigMap last;
        volatile @Nullable WatcherException failure;
        volatile boolean over;

        @Override
        public boolean reconnecting() {
            return false;
        }

        @Override
        public void eventReceived(Action action, ConfigMap object) {
            last = object;
            seen.add(action + " " + object.getMetadata().getName() + " "
                    + object.getMetadata().getResourceVersion());
        }

        @Override
        public void onClose() {
            over = true;
        }

        @Override
        public void onClose(WatcherException cause) {
            failure = cause;
            over = true;
        }
    }
}
