package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ServerStatistics;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An API server over real HTTP on this machine, for clients that watch over WebSocket, such as fabric8's. One event loop
 * serves all requests and watches. Safe from any thread, but {@link #close()} must not be called on the event loop.
 */
public final class MockApiServer implements AutoCloseable {

    private final KubernetesMockServer server;
    private final WebSocketDispatcher dispatcher;
    private final ServerStatistics statistics;
    private final URI url;
    private boolean closed;

    private MockApiServer(
            KubernetesMockServer server, WebSocketDispatcher dispatcher, ServerStatistics statistics, URI url) {
        this.server = server;
        this.dispatcher = dispatcher;
        this.statistics = statistics;
        this.url = url;
    }

    /** Starts a server on the loopback address and a free port. */
    public static MockApiServer start(ApiStore store) throws IOException {
        return start(store, InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * Starts a server.
     *
     * @param address a loopback address: there is no authentication
     * @param port 0 for a free one
     * @throws BindException if the port is in use; the message names it
     * @throws IOException if the server does not start for another reason
     */
    public static MockApiServer start(ApiStore store, InetAddress address, int port) throws IOException {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "the mock API server listens on loopback addresses only, not on " + address.getHostAddress());
        }
        MockWebServer web = new MockWebServer();
        // It logs each request at INFO.
        Logger.getLogger(MockWebServer.class.getName()).setLevel(Level.WARNING);
        ServerStatistics statistics = new ServerStatistics();
        WebSocketDispatcher dispatcher = new WebSocketDispatcher(store, statistics, web);
        KubernetesMockServer server = new KubernetesMockServer(new Context(), web, new HashMap<>(), dispatcher, false);
        bind(server, web, address, port);
        String host = address.getHostAddress().contains(":")
                ? "[" + address.getHostAddress() + "]"
                : address.getHostAddress();
        URI url = URI.create("http://" + host + ":" + web.getPort() + "/");
        return new MockApiServer(server, dispatcher, statistics, url);
    }

    /** Where clients find the server. */
    public URI url() {
        return url;
    }

    /** What came in through this server. */
    public ServerStatistics statistics() {
        return statistics;
    }

    /** Closes all watches and connections and frees the port; the store stays as it is. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        dispatcher.closeWatches();
        server.destroy();
    }

    @Override
    public String toString() {
        return "mock API server at " + url;
    }

    private static void bind(KubernetesMockServer server, MockWebServer web, InetAddress address, int port)
            throws IOException {
        try {
            server.init(address, port);
        } catch (IllegalStateException notStarted) {
            String where = address.getHostAddress() + ":" + port;
            IOException failure = isBindFailure(notStarted)
                    ? new BindException("port " + port + " is in use: cannot listen on " + where
                            + "; choose another port, or 0 for a free one")
                    : new IOException("the API server does not start on " + where, notStarted);
            try {
                web.shutdown();
            } catch (IllegalStateException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    private static boolean isBindFailure(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
