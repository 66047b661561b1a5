package dev.kubechurn.core.fabric8;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder.ExecutorSupplier;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.Executor;

/** Where clients come from that hold thousands of watches on a handful of threads. */
public final class KubernetesClients {

    /**
     * The largest message or answer that is read, in bytes. An object is at most 1 MiB; escaped as JSON, its control
     * characters become six bytes each, and metadata comes on top.
     */
    static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private KubernetesClients() {}

    /**
     * A client that never retries and has no thread per watch: its I/O runs on a few event loops of its own. The
     * implementation is pinned, so that another one on the classpath cannot take its place. Closing the client closes
     * its connections and event loops, not the pool.
     *
     * @param config where the server is and how to log in; it is copied
     * @param callbackPool runs what the client itself calls back; closed by its owner
     * @param maxConnections how many watches may be open at once, and how many connections lists and gets may use;
     *     beyond that, requests wait
     */
    public static KubernetesClient create(Config config, Executor callbackPool, int maxConnections) {
        requireNonNull(callbackPool, "callbackPool");
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections must be at least 1, not " + maxConnections);
        }
        Config withoutRetry =
                new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
        Vertx vertx = Vertx.vertx();
        return new KubernetesClientBuilder()
                .withConfig(withoutRetry)
                .withHttpClientFactory(new ManyConnections(vertx, maxConnections))
                .withTaskExecutorSupplier(new Callbacks(callbackPool, vertx))
                .build();
    }

    /**
     * Where watches of a client are to be opened. The Vert.x client sets a WebSocket's handlers only when it has been
     * connected, from the thread that asked for it or later: what the server sends at once is lost unless that thread is
     * the event loop that reads the socket. A client that does not come from here opens them where it is asked to.
     */
    static Executor opener(KubernetesClient client) {
        return client.getHttpClient().newBuilder() instanceof StandardHttpClientBuilder<?, ?, ?> builder
                        && builder.getClientFactory() instanceof ManyConnections ours
                ? ours::onEventLoop
                : Runnable::run;
    }

    /** The pool that stays its owner's, and the event loops that go with the client. */
    private record Callbacks(Executor get, Vertx vertx) implements ExecutorSupplier {

        @Override
        public void onClose(Executor pool) {
            var unused = vertx.close();
        }
    }

    /** The Vert.x client with limits chosen by us: its own are 8,192 connections and no bound on a message. */
    private static final class ManyConnections extends Vertx5HttpClientFactory {

        private final Vertx vertx;
        private final int maxConnections;

        ManyConnections(Vertx vertx, int maxConnections) {
            super(vertx);
            this.vertx = vertx;
            this.maxConnections = maxConnections;
        }

        void onEventLoop(Runnable step) {
            vertx.runOnContext(context -> step.run());
        }

        @Override
        protected void additionalConfig(WebClientOptions http, WebSocketClientOptions webSocket, PoolOptions pool) {
            pool.setHttp1MaxSize(maxConnections).setHttp2MaxSize(maxConnections);
            webSocket
                    .setMaxConnections(maxConnections)
                    .setMaxFrameSize(MAX_ANSWER_BYTES)
                    .setMaxMessageSize(MAX_ANSWER_BYTES);
        }
    }
}
