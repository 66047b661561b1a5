package dev.kubechurn.core.fabric8;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * One connection to the server: over HTTP/2 as many requests at once as the server allows, over HTTP/1.1 one after the other.
 * When nothing came for a while it asks whether the server is there, and ends if it is not. Only on its event loop.
 */
final class ServerConnection {

    /** As client-go: {@code ReadIdleTimeout} and {@code PingTimeout}. */
    private static final long SILENCE_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private static final long PONG_MILLIS = TimeUnit.SECONDS.toMillis(15);

    private static final int PING_BYTES = 8;

    private final Context context;
    private final HttpClientConnection connection;
    private final Owner owner;
    private final long lookout;
    private int streams;
    private boolean used;
    private boolean leaving;
    private boolean heard;
    private boolean closed;

    /** Whose connection it is. */
    interface Owner {

        /** It may have room for one more. */
        void hasRoom();

        /** It takes nothing any more. */
        void gone(ServerConnection connection);

        /** A request is to be sent on another connection. */
        void again(Exchange exchange);
    }

    ServerConnection(Context context, HttpClientConnection connection, Owner owner) {
        this.context = context;
        this.connection = connection;
        this.owner = owner;
        if (isHttp2()) {
            connection.goAwayHandler(goAway -> leave());
            connection.shutdownHandler(goesDown -> leave());
            connection.remoteSettingsHandler(settings -> owner.hasRoom());
        }
        lookout = isHttp2() ? vertx().setPeriodic(SILENCE_MILLIS, look -> look()) : -1;
    }

    private Vertx vertx() {
        return context.owner();
    }

    boolean isHttp2() {
        return connection.protocolVersion() == HttpVersion.HTTP_2;
    }

    boolean takesOneMore() {
        return !leaving && !closed && streams < (isHttp2() ? connection.maxActiveStreams() : 1);
    }

    private void leave() {
        if (!leaving) {
            leaving = true;
            owner.gone(this);
        }
    }

    /** Told by whoever hears of it: the connection is no more. */
    void closed() {
        if (!closed) {
            closed = true;
            vertx().cancelTimer(lookout);
            leaving = true;
            owner.gone(this);
        }
    }

    Future<Void> close() {
        return connection.close();
    }

    boolean isOpen() {
        return !closed;
    }

    private void look() {
        if (heard) {
            heard = false;
            return;
        }
        long tooLate = vertx().setTimer(PONG_MILLIS, late -> {
            var unused = close();
        });
        connection.ping(Buffer.buffer(new byte[PING_BYTES])).onComplete(pong -> vertx().cancelTimer(tooLate));
    }

    void send(Exchange exchange) {
        boolean reused = used;
        used = true;
        streams++;
        Turn turn = new Turn();
        connection
                .request(exchange.options())
                .onSuccess(request -> begun(exchange, request, turn, reused))
                .onFailure(failure -> {
                    turn.over();
                    if (exchange.mayTryAgain(failure, null, reused)) {
                        owner.again(exchange);
                    } else {
                        exchange.failed(failure);
                    }
                });
    }

    private void begun(Exchange exchange, HttpClientRequest request, Turn turn, boolean reused) {
        request.exceptionHandler(failure -> turn.over());
        request.response()
                .onSuccess(response -> {
                    heard = true;
                    response.pause();
                    answered(exchange, request, response, turn);
                })
                .onFailure(failure -> {
                    turn.over();
                    if (exchange.mayTryAgain(failure, request, reused)) {
                        owner.again(exchange);
                    } else {
                        exchange.failed(failure);
                    }
                });
        exchange.writeBody(request);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the stage only gives the stream back
    private void answered(Exchange exchange, HttpClientRequest request, HttpClientResponse response, Turn turn) {
        StreamedBody body = new StreamedBody(context, request, response, (parts, from) -> {
            heard = true;
            exchange.consumer().consume(parts, from);
        });
        body.done().whenComplete((nothing, cut) -> context.runOnContext(now -> turn.over()));
        exchange.answered(response, body);
    }

    /** A stream's share of the server's limit, given back once. */
    private final class Turn {

        private boolean over;

        void over() {
            if (!over) {
                over = true;
                streams--;
                owner.hasRoom();
            }
        }
    }
}
