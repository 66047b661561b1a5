package dev.kubechurn.core.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The connections of one client, such as a kubelet, to its server: one, and one more whenever all have as many streams as the
 * server allows; over HTTP/1.1 one for each request under way. Safe from any thread: all happens on one event loop.
 */
final class ServerConnections implements ServerConnection.Owner {

    private final Context context;
    private final Supplier<Future<HttpClientConnection>> dial;
    private final ConnectionTally tally;

    // Only on the context.
    private final List<ServerConnection> open = new ArrayList<>();
    private final List<ServerConnection> leaving = new ArrayList<>();
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> connecting = new ArrayList<>();
    private int dialling;
    private boolean manyAtOnce = true;
    private boolean closed;

    /**
     * Without a connection yet.
     *
     * @param dial connects, on the context
     */
    ServerConnections(Context context, Supplier<Future<HttpClientConnection>> dial, ConnectionTally tally) {
        this.context = context;
        this.dial = dial;
        this.tally = tally;
    }

    CompletableFuture<HttpResponse<AsyncBody>> send(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        Exchange exchange = new Exchange(request, consumer);
        context.runOnContext(now -> again(exchange));
        return exchange.answer();
    }

    /** Connects, unless it is connected; done whether that succeeds or not: requests tell what is wrong. */
    CompletableFuture<Void> connect() {
        CompletableFuture<Void> tried = new CompletableFuture<>();
        context.runOnContext(now -> {
            if (closed || !open.isEmpty()) {
                tried.complete(null);
                return;
            }
            connecting.add(tried);
            if (dialling == 0) {
                dial();
            }
        });
        return tried;
    }

    private void tried() {
        connecting.forEach(each -> each.complete(null));
        connecting.clear();
    }

    @Override
    public void again(Exchange exchange) {
        if (closed) {
            exchange.failed(new IOException("the client is closed"));
            return;
        }
        waiting.add(exchange);
        hasRoom();
    }

    @Override
    public void hasRoom() {
        while (!waiting.isEmpty()) {
            ServerConnection free = open.stream()
                    .filter(ServerConnection::takesOneMore)
                    .findFirst()
                    .orElse(null);
            if (free == null) {
                dialAsNeeded();
                return;
            }
            free.send(waiting.remove());
        }
    }

    /** Over HTTP/2 one at a time: most of those who wait will find room on it. */
    private void dialAsNeeded() {
        while (dialling < (manyAtOnce ? 1 : waiting.size())) {
            dial();
        }
    }

    private void dial() {
        dialling++;
        dial.get().onComplete(this::connected, failure -> context.runOnContext(now -> notConnected(failure)));
    }

    private void connected(HttpClientConnection connection) {
        context.runOnContext(now -> {
            dialling--;
            tally.opened();
            ServerConnection fresh = new ServerConnection(context, connection, this);
            connection.closeHandler(gone -> {
                tally.closed();
                fresh.closed();
            });
            if (closed) {
                var unused = fresh.close();
                return;
            }
            manyAtOnce = fresh.isHttp2();
            open.add(fresh);
            tried();
            hasRoom();
        });
    }

    private void notConnected(Throwable failure) {
        dialling--;
        tried();
        if (dialling > 0) {
            return; // another one may be better
        }
        List<Exchange> unsent = List.copyOf(waiting);
        waiting.clear();
        unsent.forEach(exchange -> exchange.failed(failure));
    }

    @Override
    public void gone(ServerConnection connection) {
        open.remove(connection);
        if (connection.isOpen()) {
            leaving.add(connection);
        } else {
            leaving.remove(connection);
        }
        hasRoom();
    }

    /** Cuts all of them. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            closed = true;
            List<Future<Void>> closing = new ArrayList<>();
            List.copyOf(open).forEach(each -> closing.add(each.close()));
            List.copyOf(leaving).forEach(each -> closing.add(each.close()));
            List.copyOf(waiting).forEach(each -> each.failed(new IOException("the client is closed")));
            waiting.clear();
            tried();
            Future.join(closing).<Void>mapEmpty().onComplete(done);
        });
        return done.future();
    }
}
