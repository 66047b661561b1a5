package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.NamespaceLifecycle;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.engine.WallClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.KeyStoreOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The carrier for any client: watches as chunked HTTP and as WebSockets, HTTP/1.1 and, over TLS, HTTP/2. All on one event loop;
 * {@link #listen}, {@link #close} and {@link #crash} are for other threads.
 */
final class VertxListener implements Listener {

    private static final int MOST_HEADER_BYTES = 32 << 10;
    private static final int MOST_LINE_BYTES = 16 << 10;
    private static final int BACKLOG = 4096;
    private static final long LIMIT_SECONDS = 30;

    /** For a client to answer that its WebSocket closes. */
    private static final int FAREWELL_SECONDS = 1;

    /** For the body of a request, from its head on. */
    private static final Duration LONGEST_BODY = Duration.ofSeconds(60);

    /** For somebody who goes on sending what was refused. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);

    private static final long MOST_THROWN_AWAY_BYTES = 64L << 20;

    /** So many times within the longest idleness somebody looks. */
    private static final int LOOKS = 18;

    private final ServedStore served;
    private final Duration longestIdle;
    private final Access access;
    private final RequestHandler handler;
    private final Vertx vertx;
    private final ConnectionGuard guard = new ConnectionGuard();

    // Only on the event loop.
    private final Set<WatchStream> watches = new LinkedHashSet<>();

    private @Nullable HttpServer server;
    private volatile @Nullable Context loop;

    /**
     * Makes ready.
     *
     * @param namespaces what the server does about them; null: nothing
     */
    VertxListener(ServedStore served, Access access, @Nullable NamespaceLifecycle namespaces) {
        this(served, access, namespaces, ConnectionGuard.LONGEST_IDLE);
    }

    VertxListener(ServedStore served, Access access, @Nullable NamespaceLifecycle namespaces, Duration longestIdle) {
        this.longestIdle = longestIdle;
        this.served = served;
        this.access = access;
        this.handler = new RequestHandler(served.store(), served.faults(), namespaces);
        this.vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    }

    @Override
    public void listen(InetAddress address, int port) throws IOException {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address.getHostAddress())
                .setPort(port)
                .setAcceptBacklog(BACKLOG)
                .setHttp2ClearTextEnabled(false) // which would have a silent connection wait where nobody sees it
                .setWebSocketClosingTimeout(FAREWELL_SECONDS)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxInitialLineLength(MOST_LINE_BYTES);
        ServerIdentity identity = access.identity();
        if (identity != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(new KeyStoreOptions()
                            .setType("PKCS12")
                            .setValue(Buffer.buffer(identity.keyStore()))
                            .setPassword(identity.password()));
        }
        HttpServer made =
                vertx.createHttpServer(options).connectionHandler(guard::opened).requestHandler(this::accept);
        try {
            server = await(made.listen());
        } catch (IOException failed) {
            vertx.close();
            throw failed.getCause() instanceof BindException ? Listener.inUse(address, port) : failed;
        }
        vertx.setPeriodic(Math.max(1, longestIdle.toMillis() / LOOKS), timer -> guard.closeIdle(longestIdle));
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException failed) {
            throw new IOException("the API server did not respond within " + LIMIT_SECONDS + " s", failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public int port() {
        return server == null ? 0 : server.actualPort();
    }

    @Override
    public void close() {
        onLoop(() -> watches.forEach(WatchStream::closed));
        crash();
    }

    @Override
    public void crash() {
        onLoop(() -> {
            guard.closeAll();
            Set.copyOf(watches).forEach(WatchStream::end);
        });
        if (server != null) {
            closed(server.close());
        }
        vertx.close(); // its threads take two seconds to end, which is nothing to wait for
    }

    /** Runs something on the event loop and waits for it; before the first request there is nothing to run it on. */
    private void onLoop(Runnable action) {
        Context known = loop;
        if (known == null) {
            return;
        }
        Promise<Void> done = Promise.promise();
        known.runOnContext(nothing -> {
            action.run();
            done.complete();
        });
        closed(done.future());
    }

    private static void closed(Future<Void> future) {
        try {
            await(future);
        } catch (IOException slow) {
            throw new IllegalStateException("cannot stop the API server", slow);
        }
    }

    private void accept(HttpServerRequest request) {
        if (loop == null) {
            loop = Vertx.currentContext();
        }
        Exchange exchange = new Exchange(request);
        guard.began(request.connection());
        request.response().exceptionHandler(failure -> exchange.over());
        request.response().closeHandler(closed -> exchange.over());
        request.response().endHandler(ended -> exchange.over());
        if (!access.allows(Optional.ofNullable(request.getHeader("Authorization")))) {
            exchange.refuseUnread(ApiStatusException.unauthorized());
        } else if (!exchange.bodyFits()) {
            exchange.refuseUnread(
                    ApiStatusException.tooLarge("Request entity too large: limit is " + RequestHandler.MAX_BODY_BYTES));
        } else {
            exchange.read();
        }
    }

    /** One request and its answer. Only on the event loop. */
    private final class Exchange {

        private final HttpServerRequest request;
        private final HttpServerResponse response;
        private final Buffer body = Buffer.buffer();
        private @Nullable WatchStream stream;
        private @Nullable Runnable finished;
        private long tooSlow = -1;
        private boolean answered;
        private boolean over;

        Exchange(HttpServerRequest request) {
            this.request = request;
            this.response = request.response();
        }

        boolean bodyFits() {
            String length = request.getHeader("Content-Length");
            return length == null
                    || (length.matches("[0-9]{1,18}") && Long.parseLong(length) <= RequestHandler.MAX_BODY_BYTES);
        }

        private boolean isWebSocket() {
            return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        }

        void read() {
            if (isWebSocket()) {
                handle();
                return;
            }
            request.exceptionHandler(failure -> over());
            request.handler(this::part);
            request.endHandler(end -> {
                stopTimer();
                if (!answered) {
                    handle();
                }
            });
            tooSlow =
                    vertx.setTimer(LONGEST_BODY.toMillis(), timer -> refuseUnread(ApiStatusException.requestTimeout()));
        }

        private void part(Buffer part) {
            if (answered) {
                return;
            }
            if (body.length() + part.length() > RequestHandler.MAX_BODY_BYTES) {
                refuseUnread(ApiStatusException.tooLarge(
                        "Request entity too large: limit is " + RequestHandler.MAX_BODY_BYTES));
            } else {
                body.appendBuffer(part);
            }
        }

        /**
         * What is still to come is thrown away, for a while: a connection that is closed on somebody who is still sending
         * takes the answer with it.
         */
        void refuseUnread(ApiStatusException refusal) {
            if (answered || over) {
                return;
            }
            long[] thrownAway = {0};
            request.handler(part -> {
                thrownAway[0] += part.length();
                if (thrownAway[0] > MOST_THROWN_AWAY_BYTES) {
                    hangUp();
                }
            });
            vertx.setTimer(LONGEST_FAREWELL.toMillis(), timer -> hangUp());
            boolean alone = request.version() != HttpVersion.HTTP_2;
            if (alone) {
                response.putHeader("Connection", "close");
            }
            Future<Void> sent = send(ApiResponse.Answer.refusal(Verb.OTHER, refusal), null, WallClock.monotonicNanos());
            if (alone) {
                request.endHandler(end -> sent.onComplete(done -> hangUp()));
            }
        }

        /** Of HTTP/2 one stream: others share its connection. */
        private void hangUp() {
            if (request.version() == HttpVersion.HTTP_2) {
                response.reset();
            } else {
                request.connection().close();
            }
        }

        private void handle() {
            long began = WallClock.monotonicNanos();
            if (request.path() != null && request.path().equals("/metrics")) {
                send(metrics(), null, began);
                return;
            }
            String contentType = request.getHeader("Content-Type");
            ApiRequest asked = new ApiRequest(
                    request.method().name(),
                    request.uri(),
                    contentType == null ? "" : contentType,
                    String.join(",", request.headers().getAll("Accept")),
                    body.getBytes());
            ApiResponse answer = handler.handle(asked);
            ObjectPath place = place(asked);
            long delayMillis =
                    served.faults().delay(answer.verb()).plusNanos(999_999).toMillis();
            if (answer instanceof ApiResponse.OpenWatch watch) {
                open(watch, place, began, delayMillis);
            } else if (delayMillis > 0) {
                vertx.setTimer(delayMillis, timer -> send((ApiResponse.Answer) answer, place, began));
            } else {
                send((ApiResponse.Answer) answer, place, began);
            }
        }

        private ApiResponse.Answer metrics() {
            return new ApiResponse.Answer(
                    Verb.OTHER,
                    200,
                    ServerMetrics.CONTENT_TYPE,
                    served.metrics().text(),
                    0);
        }

        private @Nullable ObjectPath place(ApiRequest asked) {
            try {
                return ObjectPath.parse(RequestTarget.parse(asked.target()).segments());
            } catch (ApiStatusException noPlace) {
                return null;
            }
        }

        private Future<Void> send(ApiResponse.Answer answer, @Nullable ObjectPath place, long began) {
            answered = true;
            stopTimer();
            served.statistics().answered(answer.verb(), answer.code(), answer.body().length);
            served.metrics().answered(answer.verb(), place, answer.code());
            served.metrics().took(answer.verb(), place, (WallClock.monotonicNanos() - began) / 1e9);
            if (over) {
                return Future.succeededFuture();
            }
            response.setStatusCode(answer.code()).putHeader("Content-Type", answer.contentType());
            response.putHeader("Cache-Control", "no-cache, private");
            if (answer.retryAfterSeconds() > 0) {
                response.putHeader("Retry-After", Integer.toString(answer.retryAfterSeconds()));
            }
            if (answer.code() == 401) {
                response.putHeader("WWW-Authenticate", "Bearer");
            }
            return response.end(Buffer.buffer(answer.body()));
        }

        private void open(ApiResponse.OpenWatch watch, @Nullable ObjectPath place, long began, long delayMillis) {
            answered = true;
            ObjectPath where = Objects.requireNonNull(place);
            finished = () -> {
                served.metrics().watchEnded(where);
                served.metrics().took(Verb.WATCH, where, (WallClock.monotonicNanos() - began) / 1e9);
            };
            if (isWebSocket()) {
                request.toWebSocket()
                        .onSuccess(socket -> begin(watch, where, new SocketWire(socket), 101, delayMillis))
                        .onFailure(failure -> over());
                return;
            }
            response.setStatusCode(200)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-cache, private")
                    .setChunked(true);
            response.writeHead();
            begin(watch, where, new ChunkedWire(response), 200, delayMillis);
        }

        private void begin(
                ApiResponse.OpenWatch watch, ObjectPath place, WatchStream.Wire wire, int status, long delayMillis) {
            WatchStream opened = new WatchStream(served, watch, Objects.requireNonNull(loop), wire, watches::remove);
            stream = opened;
            watches.add(opened);
            served.metrics().answered(Verb.WATCH, place, status);
            served.metrics().watchOpened(place);
            if (wire instanceof SocketWire socket) {
                socket.webSocket.drainHandler(drained -> opened.drained());
                socket.webSocket.closeHandler(closed -> over());
                socket.webSocket.exceptionHandler(failure -> over());
            } else {
                response.drainHandler(drained -> opened.drained());
            }
            opened.open(status, delayMillis);
        }

        private void stopTimer() {
            if (tooSlow >= 0) {
                vertx.cancelTimer(tooSlow);
                tooSlow = -1;
            }
        }

        /** Answered in full, or the client is gone; idempotent. */
        void over() {
            if (over) {
                return;
            }
            over = true;
            stopTimer();
            if (stream != null) {
                stream.end();
                if (finished != null) {
                    finished.run();
                }
            }
            guard.ended(request.connection());
        }
    }

    private record ChunkedWire(HttpServerResponse response) implements WatchStream.Wire {

        @Override
        public boolean isFull() {
            return response.writeQueueFull();
        }

        @Override
        public void send(String text) {
            response.write(text + "\n");
        }

        @Override
        public void finish() {
            response.end();
        }

        @Override
        public void abort() {
            response.reset();
        }
    }

    private record SocketWire(ServerWebSocket webSocket) implements WatchStream.Wire {

        /** One that the client has closed takes nothing any more; soon its handler is told. */
        @Override
        public boolean isFull() {
            return webSocket.isClosed() || webSocket.writeQueueFull();
        }

        @Override
        public void send(String text) {
            webSocket.writeTextMessage(text);
        }

        @Override
        public void finish() {
            webSocket.close();
        }

        @Override
        public void abort() {
            webSocket.close((short) 1011, "");
        }
    }
}
