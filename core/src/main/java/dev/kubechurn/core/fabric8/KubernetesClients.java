package dev.kubechurn.core.fabric8;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClient;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.internal.http.HttpClientInternal;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where clients come from that hold thousands of watches on a handful of threads. */
public final class KubernetesClients {

    /**
     * The largest message or answer that is read, in bytes. An object is at most 1 MiB; escaped as JSON, its control
     * characters become six bytes each, and metadata comes on top.
     */
    static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final long MAX_CLOSE_SECONDS = 10;

    private KubernetesClients() {}

    /**
     * A client that never retries and has no thread per watch: its I/O runs on a few event loops of its own. The
     * implementation is pinned, so that another one on the classpath cannot take its place. {@link #close} closes its
     * connections and event loops, not the pool.
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
        return new KubernetesClientBuilder()
                .withConfig(withoutRetry)
                .withHttpClientFactory(new ManyConnections(maxConnections))
                .withTaskExecutor(callbackPool)
                .build();
    }

    /**
     * Closes a client and waits until its connections are closed, at most ten seconds. The client's own {@code close}
     * stops the event loops while they are still closing connections, and one that is stopped in the middle of it leaves
     * its sockets open until the process ends. Idempotent.
     *
     * @throws IllegalStateException if called on an event loop, which would wait for itself
     */
    public static void close(KubernetesClient client) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("a client cannot be closed on an event loop");
        }
        if (client.getHttpClient() instanceof Vertx5HttpClient<?> ofVertx) {
            await(ofVertx.getWebSocketClient().close());
            await(ofVertx.getHttpClient().close());
        }
        client.close();
    }

    private static void await(Future<?> closed) {
        try {
            closed.toCompletionStage().toCompletableFuture().get(MAX_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException notClosed) {
            // The client's own close ends what can be ended.
        }
    }

    /**
     * Where a client's watches are to be opened. The Vert.x client sets a WebSocket's handlers only when it has been
     * connected, from the thread that asked for it or later: what the server sends at once is lost, unless that thread is
     * the event loop that reads the socket. Other clients open watches where they are asked to.
     */
    static Executor opener(HttpClient client) {
        return client instanceof Vertx5HttpClient<?> ofVertx
                        && ofVertx.getHttpClient() instanceof HttpClientInternal internal
                ? step -> internal.vertx().runOnContext(context -> step.run())
                : Runnable::run;
    }

    /** The Vert.x client with limits chosen by us: its own are 8,192 connections and no bound on a message. */
    private static final class ManyConnections extends Vertx5HttpClientFactory {

        private final int maxConnections;

        ManyConnections(int maxConnections) {
            this.maxConnections = maxConnections;
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
