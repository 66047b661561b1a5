package dev.kubechurn.sim.apiserver.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;

/** A carrier on one port, from its start to its end: it cannot start again. */
interface Listener extends AutoCloseable {

    /**
     * Listens, on a free port if it is 0.
     *
     * @throws BindException if the port is in use; the message names it
     */
    void listen(InetAddress address, int port) throws IOException;

    int port();

    /** Closes all watches, then {@link #crash}es. */
    @Override
    void close();

    /** Cuts all connections and leaves the port; what is under way gets no answer, and nobody a farewell. */
    void crash();

    /** What to tell whoever wants a port that somebody else has. */
    static BindException inUse(InetAddress address, int port) {
        return new BindException("port " + port + " is in use: cannot listen on " + address.getHostAddress() + ":"
                + port + "; choose another port, or 0 for any free port");
    }
}
