package dev.kubechurn.sim.apiserver.http;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One watch over one WebSocket of fabric8's mock web server. On the socket's event loop. */
final class WebSocketWatch extends WebSocketListener {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NORMAL_CLOSURE = 1000;
    private static final int INTERNAL_ERROR = 1011;

    private final ServedStore served;
    private final ApiResponse.OpenWatch watch;
    private final long delayMillis;
    private final Consumer<WatchStream> onOpened;
    private final Consumer<WatchStream> onEnded;
    private @Nullable WatchStream stream;

    /** @param delayMillis how much later than it opens the watch is to begin */
    WebSocketWatch(
            ServedStore served,
            ApiResponse.OpenWatch watch,
            long delayMillis,
            Consumer<WatchStream> onOpened,
            Consumer<WatchStream> onEnded) {
        this.served = served;
        this.watch = watch;
        this.delayMillis = delayMillis;
        this.onOpened = onOpened;
        this.onEnded = onEnded;
    }

    /** It does not tell how much waits to be written. */
    private record Socket(WebSocket webSocket) implements WatchStream.Wire {

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void send(String text) {
            webSocket.send(text);
        }

        @Override
        public void finish() {
            webSocket.close(NORMAL_CLOSURE, "");
        }

        @Override
        public void abort() {
            webSocket.close(INTERNAL_ERROR, "");
        }
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        Context loop = Objects.requireNonNull(Vertx.currentContext(), "a WebSocket opens on an event loop");
        WatchStream opened = new WatchStream(served, watch, loop, new Socket(webSocket), onEnded);
        stream = opened;
        onOpened.accept(opened);
        opened.open(SWITCHING_PROTOCOLS, delayMillis);
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
        if (stream != null) {
            stream.end();
        }
    }
}
