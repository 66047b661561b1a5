package dev.kubechurn.core.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a free loopback port that answers every request as its script says, and counts what is open. */
final class ScriptedServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer http;
    private final Collection<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger openSockets = new AtomicInteger();
    private final AtomicInteger peakSockets = new AtomicInteger();
    private volatile Handler<HttpServerRequest> script =
            request -> request.response().setStatusCode(501).end();

    ScriptedServer() {
        http = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    connection.closeHandler(closed -> connections.decrementAndGet());
                })
                .requestHandler(request -> {
                    requests.add(request.method() + " " + request.uri());
                    script.handle(request);
                });
        http.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    /** Answers as the script says, from now on. */
    ScriptedServer play(Handler<HttpServerRequest> newScript) {
        script = newScript;
        return this;
    }

    /** Answers with a body, from now on. */
    ScriptedServer answer(int code, String body) {
        return play(request -> request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(body));
    }

    /** Opens a WebSocket for every request, from now on. */
    ScriptedServer watch(Handler<ServerWebSocket> opened) {
        return play(request -> upgrade(request, opened));
    }

    /** Opens one WebSocket. */
    void upgrade(HttpServerRequest request, Handler<ServerWebSocket> opened) {
        request.toWebSocket()
                .onSuccess(socket -> {
                    peakSockets.accumulateAndGet(openSockets.incrementAndGet(), Math::max);
                    socket.closeHandler(closed -> openSockets.decrementAndGet());
                    opened.handle(socket);
                })
                .onFailure(failure -> requests.add("failed upgrade: " + failure));
    }

    Vertx vertx() {
        return vertx;
    }

    /** Method and URI of every request, in order of arrival. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    int connections() {
        return connections.get();
    }

    int openSockets() {
        return openSockets.get();
    }

    int peakSockets() {
        return peakSockets.get();
    }

    String url() {
        return "http://127.0.0.1:" + http.actualPort() + "/";
    }

    /** A client's configuration for this server that takes nothing from the machine it runs on. */
    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withNamespace("default")
                .build();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
