package dev.kubechurn.core.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * fabric8's HTTP client over {@link ServerConnections}: those of its tag, so that clients that share TLS, tokens and their
 * refreshing have connections of their own. It opens no WebSockets.
 */
final class MultiplexedHttpClient
        extends StandardHttpClient<MultiplexedHttpClient, MultiplexedHttpClient.Maker, MultiplexedHttpClient.Builder> {

    private final Dialler dialler;

    private MultiplexedHttpClient(Builder builder, AtomicBoolean closed, Dialler dialler) {
        super(builder, closed);
        this.dialler = dialler;
    }

    Dialler dialler() {
        return dialler;
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        ServerConnections connections = getTag(ServerConnections.class);
        if (connections == null) {
            throw new IllegalStateException("requests are sent by the clients of MultiplexedClients.open");
        }
        return connections.send(request, consumer);
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
            StandardWebSocketBuilder builder, WebSocket.Listener listener) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("this client watches over plain HTTP, not over WebSockets"));
    }

    @Override
    protected void doClose() {
        // The connections and event loops are those of MultiplexedClients.
    }

    /** Makes the client that all others are derived from. */
    record Maker(DiallerFactory diallers) implements HttpClient.Factory {

        @Override
        public HttpClient.Builder newBuilder() {
            return new Builder(this);
        }
    }

    /** Makes the way to the server from TLS and proxy of a configuration. */
    @FunctionalInterface
    interface DiallerFactory {
        Dialler of(Builder settings);
    }

    /** Settings as fabric8 makes them of a configuration. */
    static final class Builder extends StandardHttpClientBuilder<MultiplexedHttpClient, Maker, Builder> {

        private final Maker maker;

        Builder(Maker maker) {
            super(maker);
            this.maker = maker;
        }

        @Override
        public MultiplexedHttpClient build() {
            return client == null
                    ? new MultiplexedHttpClient(
                            this, new AtomicBoolean(), maker.diallers().of(this))
                    : new MultiplexedHttpClient(this, client.getClosed(), client.dialler());
        }

        @Override
        protected Builder newInstance(Maker factory) {
            return new Builder(factory);
        }
    }
}
