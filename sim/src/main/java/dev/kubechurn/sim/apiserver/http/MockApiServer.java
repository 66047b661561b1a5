package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.NamespaceLifecycle;
import dev.kubechurn.sim.apiserver.ServerStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An API server over real HTTP: on this machine for clients that watch over WebSocket, such as fabric8's, or for any client.
 * One event loop serves all requests and watches. Safe from any thread, but {@link #close()}, {@link #goDown()} and what that gave must
 * not be called on the event loop.
 */
public final class MockApiServer implements FaultyServer, AutoCloseable {

    private final ServedStore served;
    private final Supplier<Listener> carriers;
    private final URI url;

    // Guarded by this.
    private @Nullable Listener listener;
    private final HeldPort held;
    private int outages;
    private boolean closed;

    private MockApiServer(
            ServedStore served,
            Supplier<Listener> carriers,
            String scheme,
            InetAddress address,
            HeldPort held,
            Listener listener) {
        this.served = served;
        this.carriers = carriers;
        this.held = held;
        this.listener = listener;
        String host = address.getHostAddress().contains(":")
                ? "[" + address.getHostAddress() + "]"
                : address.getHostAddress();
        this.url = URI.create(scheme + "://" + host + ":" + held.port() + "/");
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
        ServedStore served = new ServedStore(store);
        return start(served, () -> HttpListener.prepare(served), "http", address, port);
    }

    /**
     * Starts a server for any client: it streams watches over HTTP and over WebSocket, and keeps namespaces as a cluster does.
     *
     * @param address one that others can reach only with TLS and a token
     * @param port 0 for a free one
     * @throws BindException if the port is in use; the message names it
     * @throws IOException if the server does not start for another reason
     */
    public static MockApiServer serve(ApiStore store, InetAddress address, int port, Access access) throws IOException {
        if (!address.isLoopbackAddress() && !access.isGuarded()) {
            throw new IllegalArgumentException("a server that is reachable from other machines needs TLS and a token");
        }
        ServedStore served = new ServedStore(store);
        String scheme = access.identity() == null ? "http" : "https";
        NamespaceLifecycle namespaces = new NamespaceLifecycle(store);
        return start(served, () -> new VertxListener(served, access, namespaces), scheme, address, port);
    }

    /** A server over any carrier. */
    static MockApiServer start(
            ServedStore served, Supplier<Listener> carriers, String scheme, InetAddress address, int port)
            throws IOException {
        HeldPort held = HeldPort.take(address, port);
        try {
            return new MockApiServer(served, carriers, scheme, address, held, listening(held, carriers));
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private static Listener listening(HeldPort held, Supplier<Listener> carriers) throws IOException {
        Listener[] made = new Listener[1];
        held.listen((address, port) -> {
            made[0] = carriers.get(); // one that failed cannot listen again
            made[0].listen(address, port);
        });
        return made[0];
    }

    /** Where clients find the server; the same after an outage. */
    public URI url() {
        return url;
    }

    /** What came in through this server. */
    public ServerStatistics statistics() {
        return served.statistics();
    }

    @Override
    public HttpFaults faults() {
        return served.faults();
    }

    @Override
    public synchronized Runnable goDown() {
        if (outages++ == 0 && listener != null) {
            listener.crash();
            listener = null;
            held.heldAgain();
        }
        return this::comeUp;
    }

    /** @throws UncheckedIOException if somebody else has got the port */
    private synchronized void comeUp() {
        if (--outages > 0 || closed) {
            return;
        }
        served.store().compactAll();
        try {
            listener = listening(held, carriers);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restart the API server", e);
        }
    }

    /** Closes all watches and connections and frees the port; the store stays as it is. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (listener != null) {
            listener.close();
            listener = null;
        }
        held.close();
    }

    @Override
    public String toString() {
        return "mock API server at " + url;
    }
}
