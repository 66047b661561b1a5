package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.engine.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A port that is a server's from its start to its end, whether it is up or down: a bound socket that nobody listens on keeps the
 * system from giving it to anybody, be it as the local port of a client that tries to reach the very server that is down. The
 * server listens beside it. Where a system lets nobody listen beside a bound socket, the port is left while the server is up.
 */
final class HeldPort implements AutoCloseable {

    /** Of a listener that has just been closed the system may hold on for a moment. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final InetAddress address;
    private final int port;
    private Socket holder;

    private HeldPort(InetAddress address, Socket holder) {
        this.address = address;
        this.holder = holder;
        this.port = holder.getLocalPort();
    }

    /**
     * Takes a port.
     *
     * @param port 0 for a free one
     * @throws BindException if somebody else has it; the message names it
     */
    static HeldPort take(InetAddress address, int port) throws IOException {
        try {
            return new HeldPort(address, bound(address, port));
        } catch (BindException e) {
            throw Listener.inUse(address, port);
        }
    }

    private static Socket bound(InetAddress address, int port) throws IOException {
        Socket socket = new Socket();
        try {
            // Connections of a server that was here may still be on their way out.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /**
     * Has a server listen.
     *
     * @throws BindException if somebody else listens there
     */
    void listen(Listening server) throws IOException {
        try {
            server.listen(address, port);
        } catch (BindException besideABoundSocket) {
            close();
            server.listen(address, port);
        }
    }

    /** The server does not listen any more: the port is to be held again where it was left. */
    void heldAgain() {
        if (!holder.isClosed()) {
            return;
        }
        long began = WallClock.monotonicNanos();
        while (true) {
            try {
                holder = bound(address, port);
                return;
            } catch (IOException e) {
                if (WallClock.monotonicNanos() - began > PATIENCE_NANOS) {
                    throw new UncheckedIOException("port " + port + " was taken while the server went down", e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Something that listens on a port. */
    @FunctionalInterface
    interface Listening {
        void listen(InetAddress address, int port) throws IOException;
    }

    /** Leaves the port. */
    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
