package dev.kubechurn.sim.apiserver.http;

/** A server that can be made to fail. */
public interface FaultyServer {

    /** What goes wrong with its requests. */
    HttpFaults faults();

    /**
     * Goes down as in a crash: all watches and connections end, what is under way gets no answer, and connections are
     * refused. When the answer is run, once, the server comes up again, on the same port and without its history; of several
     * outages at once the last one counts.
     */
    Runnable goDown();
}
