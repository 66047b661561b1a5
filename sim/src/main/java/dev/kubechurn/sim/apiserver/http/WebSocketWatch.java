package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.ServerStatistics;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.apiserver.WatchHandle;
import dev.kubechurn.sim.apiserver.WatchRequest;
import dev.kubechurn.sim.apiserver.WatchSink;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One watch over one WebSocket. The store calls it from any thread; everything that touches the socket is handed to the
 * socket's event loop, in order, so that no writer ever waits for a client.
 */
final class WebSocketWatch extends WebSocketListener implements WatchSink {

    private static final int NORMAL_CLOSURE = 1000;
    private static final int INTERNAL_ERROR = 1011;

    private final ApiStore store;
    private final WatchRequest request;
    private final long delayMillis;
    private final ServerStatistics statistics;
    private final Consumer<WebSocketWatch> onOpened;
    private final Consumer<WebSocketWatch> onEnded;

    // Set once, on the event loop, before anything is sent.
    private volatile @Nullable Context context;
    private volatile @Nullable WebSocket socket;

    // Only on the event loop.
    private @Nullable WatchHandle handle;
    private boolean ended;

    /** @param delayMillis how much later than it opens the watch is to begin */
    WebSocketWatch(
            ServedStore served,
            WatchRequest request,
            long delayMillis,
            Consumer<WebSocketWatch> onOpened,
            Consumer<WebSocketWatch> onEnded) {
        this.store = served.store();
        this.request = request;
        this.delayMillis = delayMillis;
        this.statistics = served.statistics();
        this.onOpened = onOpened;
        this.onEnded = onEnded;
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        Context loop = Objects.requireNonNull(Vertx.currentContext(), "a WebSocket opens on an event loop");
        context = loop;
        socket = webSocket;
        statistics.answered(Verb.WATCH, 101, 0);
        statistics.watchOpened();
        onOpened.accept(this);
        if (delayMillis > 0) {
            loop.owner().setTimer(delayMillis, timer -> begin());
        } else {
            begin();
        }
    }

    private void begin() {
        if (ended) {
            return;
        }
        try {
            handle = store.watch(request, this);
        } catch (ApiStatusException refusal) {
            event(EncodedEvent.error(refusal));
            closed();
        }
    }

    @Override
    public void event(EncodedEvent event) {
        onEventLoop(webSocket -> {
            if (!ended) {
                statistics.eventSent(event.utf8Bytes());
                webSocket.send(event.text());
            }
        });
    }

    @Override
    public void closed() {
        onEventLoop(webSocket -> {
            webSocket.close(NORMAL_CLOSURE, "");
            end();
        });
    }

    /** Ends a watch whose event loop is gone, which the caller knows to have ended before. */
    void forgotten() {
        end();
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        end();
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        end();
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable cause, Response response) {
        webSocket.close(INTERNAL_ERROR, "");
        end();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (handle != null) {
            handle.cancel();
        }
        statistics.watchClosed();
        onEnded.accept(this);
    }

    private void onEventLoop(Consumer<WebSocket> action) {
        @Nullable Context loop = context;
        @Nullable WebSocket webSocket = socket;
        if (loop == null || webSocket == null) {
            throw new IllegalStateException("the watch is not open yet");
        }
        try {
            loop.runOnContext(nothing -> action.accept(webSocket));
        } catch (RejectedExecutionException serverIsGone) {
            // The event loop has ended and every socket with it: there is nobody to tell.
        }
    }
}
