package dev.kubechurn.sim.apiserver.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port that is held for a server that is down, so that nobody else gets it: the system gives it to no one, and refuses
 * those who connect, because nobody listens.
 */
final class HeldPort implements AutoCloseable {

    private final Socket holder;

    private HeldPort(Socket holder) {
        this.holder = holder;
    }

    /** Takes a port that a server has just left. */
    @SuppressWarnings("AddressSelection") // an address, not a name
    static HeldPort hold(InetAddress address, int port) {
        Socket holder = new Socket();
        try {
            // Connections of the server that was here may still be on their way out.
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(address, port));
            return new HeldPort(holder);
        } catch (IOException e) {
            throw new UncheckedIOException("another process took port " + port + " while the server was restarting", e);
        }
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
