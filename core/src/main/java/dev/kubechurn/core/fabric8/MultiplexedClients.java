package dev.kubechurn.core.fabric8;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectApi;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Clients that reach an API server as kubelets do: each has one connection, over HTTP/2, for all its requests and watches, and
 * one more whenever the server's limit of streams is reached. Watches are plain HTTP answers that do not end. Where the server
 * knows HTTP/1.1 only, each request under way has a connection.
 *
 * <p>TLS, proxy, tokens and their refreshing are those of the configuration, set up once for all clients; its time-outs are not:
 * as with client-go, a list waits as long as its connection lives, and a connection that says nothing for 30 s and does not
 * answer a ping within 15 s is closed. A request that the server has not looked at, because of its limit of streams or because
 * it goes away, is sent again on another connection. Safe from any thread.
 */
public final class MultiplexedClients implements AutoCloseable {

    private static final long MAX_CLOSE_SECONDS = 10;

    private final Vertx vertx;
    private final KubernetesClient client;
    private final ConnectionTally tally = new ConnectionTally();
    private final List<ServerConnections> all = new CopyOnWriteArrayList<>();

    /**
     * How many connections there are.
     *
     * @param open now
     * @param peak at once at most
     * @param opened in all
     */
    public record Connections(int open, int peak, long opened) {}

    private MultiplexedClients(Config config, Executor callbackPool) {
        this.vertx = Vertx.vertx(new VertxOptions()
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Config withoutRetry = new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(0)
                .build();
        URI server = URI.create(withoutRetry.getMasterUrl());
        this.client = new KubernetesClientBuilder()
                .withConfig(withoutRetry)
                .withHttpClientFactory(
                        new MultiplexedHttpClient.Maker(settings -> new Dialler(vertx, server, settings)))
                .withTaskExecutor(callbackPool)
                .build();
        loadTypes();
    }

    /** fabric8 looks at all types that it knows when it reads its first, which takes a second or more. */
    private void loadTypes() {
        ObjectReader reader = new ObjectReader(client.getKubernetesSerialization());
        for (ApiResource<?> kind : List.of(ApiResource.configMap(), ApiResource.secret())) {
            String object = "{\"kind\":\"" + kind.kind() + "\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"x\"}}";
            String list = "{\"kind\":\"" + kind.listKind()
                    + "\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},"
                    + "\"items\":[{\"metadata\":{\"name\":\"x\"}}]}";
            reader.list(list.getBytes(UTF_8), kind);
            reader.object(object.getBytes(UTF_8), kind);
            reader.event("{\"type\":\"ADDED\",\"object\":" + object + "}");
        }
    }

    /**
     * Makes ready; connects when the first request is sent.
     *
     * @param config where the server is and how to log in; it is copied
     * @param callbackPool runs what fabric8's client itself calls back; closed by its owner
     */
    public static MultiplexedClients create(Config config, Executor callbackPool) {
        return new MultiplexedClients(config, requireNonNull(callbackPool, "callbackPool"));
    }

    /**
     * One more client, with connections of its own.
     *
     * @param headers of all its requests, such as those of impersonation
     */
    public Way open(Map<String, List<String>> headers) {
        Context loop = ((VertxInternal) vertx).createEventLoopContext();
        MultiplexedHttpClient http = (MultiplexedHttpClient) client.getHttpClient();
        ServerConnections connections =
                new ServerConnections(loop, () -> http.dialler().connect(), tally);
        all.add(connections);
        return new Way(
                client,
                connections,
                http.newBuilder()
                        .tag(connections)
                        .addOrReplaceInterceptor("headers", new Headers(headers))
                        .build());
    }

    /** Of all clients together. */
    public Connections connections() {
        return tally.counts();
    }

    /** Closes all connections and waits until they are, at most ten seconds; not on an event loop. Idempotent. */
    @Override
    public void close() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("clients cannot be closed on an event loop");
        }
        await(Future.join(all.stream().map(ServerConnections::close).toList()));
        all.clear();
        client.close();
        await(vertx.close());
    }

    private static void await(Future<?> closed) {
        try {
            closed.toCompletionStage().toCompletableFuture().get(MAX_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException notClosed) {
            return; // the event loops end, and with them what is left
        }
    }

    /** The way of one client. Safe from any thread. */
    public static final class Way {

        private final KubernetesClient client;
        private final ServerConnections connections;
        private final HttpClient http;

        private Way(KubernetesClient client, ServerConnections connections, HttpClient http) {
            this.client = client;
            this.connections = connections;
            this.http = http;
        }

        /**
         * Connects ahead of the first request, as a kubelet has before its first pod.
         *
         * @return done when it is connected or cannot be, which the first request will tell
         */
        public CompletableFuture<Void> connect() {
            return connections.connect();
        }

        /**
         * Its way to the ConfigMaps.
         *
         * @param executor as for {@link KubernetesObjectApi#configMaps(KubernetesClient, Executor, Consumer)}
         * @param callbackFailed as there
         */
        public ObjectApi<ConfigMap> configMaps(Executor executor, Consumer<Throwable> callbackFailed) {
            return KubernetesObjectApi.streams(ApiResource.configMap(), client, http, executor, callbackFailed);
        }

        /**
         * Its way to the Secrets.
         *
         * @param executor as for {@link KubernetesObjectApi#configMaps(KubernetesClient, Executor, Consumer)}
         * @param callbackFailed as there
         */
        public ObjectApi<Secret> secrets(Executor executor, Consumer<Throwable> callbackFailed) {
            return KubernetesObjectApi.streams(ApiResource.secret(), client, http, executor, callbackFailed);
        }
    }

    /** Headers that every request of a client has, each with one value or more. */
    private record Headers(Map<String, List<String>> headers) implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            headers.forEach((name, values) -> {
                builder.setHeader(name, values.get(0));
                values.stream().skip(1).forEach(value -> builder.header(name, value));
            });
        }
    }
}
