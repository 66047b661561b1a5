package dev.kubechurn.sim.apiserver.http;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** fabric8's mock web server on one port, from its start to its end: it cannot start again. */
final class HttpListener implements AutoCloseable {

    private final KubernetesMockServer server;
    private final WebSocketDispatcher dispatcher;
    private final MockWebServer web;

    private HttpListener(MockWebServer web, WebSocketDispatcher dispatcher) {
        this.web = web;
        this.dispatcher = dispatcher;
        this.server = new KubernetesMockServer(new Context(), web, new HashMap<>(), dispatcher, false);
    }

    /** Makes ready what takes its time. */
    static HttpListener prepare(ServedStore served) {
        MockWebServer web = new MockWebServer();
        // It logs each request at INFO.
        Logger.getLogger(MockWebServer.class.getName()).setLevel(Level.WARNING);
        return new HttpListener(web, new WebSocketDispatcher(served, web));
    }

    /**
     * Listens, on a free port if it is 0.
     *
     * @throws BindException if the port is in use; the message names it
     */
    void listen(InetAddress address, int port) throws IOException {
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

    int port() {
        return web.getPort();
    }

    /** Closes all watches, then {@link #crash}es. */
    @Override
    public void close() {
        dispatcher.closeWatches();
        crash();
    }

    /** Cuts all connections and leaves the port; what is under way gets no answer, and nobody a farewell. */
    void crash() {
        server.destroy();
        dispatcher.forgetWatches();
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
