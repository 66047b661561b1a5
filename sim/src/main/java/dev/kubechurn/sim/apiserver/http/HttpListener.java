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
final class HttpListener implements Listener {

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

    @Override
    public void listen(InetAddress address, int port) throws IOException {
        try {
            server.init(address, port);
        } catch (IllegalStateException notStarted) {
            IOException failure = isBindFailure(notStarted)
                    ? Listener.inUse(address, port)
                    : new IOException(
                            "cannot start the API server on " + address.getHostAddress() + ":" + port, notStarted);
            try {
                web.shutdown();
            } catch (IllegalStateException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    @Override
    public int port() {
        return web.getPort();
    }

    @Override
    public void close() {
        dispatcher.closeWatches();
        crash();
    }

    @Override
    public void crash() {
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
