package dev.kubechurn.core.fabric8;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi.WatchHandler;
import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch under way: one WebSocket, no reconnect. The next message is asked for when the one before has been handled, so
 * that at most one waits here; the rest waits in the connection.
 */
final class WatchCall extends SerialCall implements WebSocket.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(WatchCall.class);
    private static final int NORMAL_CLOSURE = 1000;

    private final ResourceUris uris;
    private final Supplier<URI> uri;
    private final WatchHandler handler;

    /** The open socket, until somebody closes it; guarded by this. */
    private @Nullable WebSocket socket;

    WatchCall(ApiChannel channel, ResourceUris uris, Supplier<URI> uri, WatchHandler handler) {
        super(channel);
        this.uris = uris;
        this.uri = uri;
        this.handler = handler;
    }

    @Override
    void start() {
        // A server with a CORS filter turns a WebSocket without Origin away.
        WebSocket.Builder builder =
                channel().http().newWebSocketBuilder().uri(uri.get()).setHeader("Origin", uris.origin());
        if (channel().timeoutMillis() > 0) {
            builder.connectTimeout(channel().timeoutMillis(), TimeUnit.MILLISECONDS);
        }
        channel().opener().execute(() -> open(builder));
    }

    private void open(WebSocket.Builder builder) {
        if (over()) {
            return;
        }
        try {
            var unused = builder.buildAsync(this).whenComplete((open, failure) -> {
                if (failure != null) {
                    post(() -> notOpened(failure));
                }
            });
        } catch (RuntimeException e) {
            post(() -> finish(() -> startFailed(new ApiError.Transport(Failures.describe(e)))));
        }
    }

    @Override
    void startFailed(ApiError error) {
        handler.failed(error);
    }

    private void notOpened(Throwable failure) {
        ApiError error = channel().failures().ofWatch(failure);
        if (error == null) {
            LOG.debug("A watch request got no response: {}", Failures.describe(failure));
            finish(handler::closed);
        } else {
            finish(() -> handler.failed(error));
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        synchronized (this) {
            socket = opened;
        }
        if (over()) {
            release();
        }
    }

    @Override
    public void onMessage(WebSocket from, String text) {
        if (over()) {
            // Keeps reading, or the server's side of the closing handshake would wait behind the events.
            from.request();
            return;
        }
        post(() -> deliver(from, text));
    }

    @Override
    public void onMessage(WebSocket from, ByteBuffer bytes) {
        onMessage(from, UTF_8.decode(bytes).toString());
    }

    @Override
    public void onClose(WebSocket from, int code, String reason) {
        release();
        post(() -> finish(handler::closed));
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        LOG.debug("A watch was interrupted: {}", Failures.describe(error));
        release();
        post(() -> finish(handler::closed));
    }

    private void deliver(WebSocket from, String text) {
        WatchEvent event;
        try {
            event = channel().reader().event(text);
        } catch (UnreadableException e) {
            LOG.warn("A watch of {} ends early: {}", uris.plural(), e.getMessage());
            end();
            return;
        }
        try {
            if (event == null) {
                LOG.warn("A watch of {} skips an event whose object has another kind", uris.plural());
            } else {
                handler.event(event);
            }
        } finally {
            if (event instanceof WatchEvent.Failure) {
                end();
            } else {
                from.request();
            }
        }
    }

    private void end() {
        release();
        finish(handler::closed);
    }

    @Override
    void release() {
        WebSocket open;
        synchronized (this) {
            open = socket;
            socket = null;
        }
        if (open != null) {
            open.sendClose(NORMAL_CLOSURE, null);
            // A step that was dropped asks for no more: without this the closing handshake would wait behind events.
            open.request();
        }
    }
}
