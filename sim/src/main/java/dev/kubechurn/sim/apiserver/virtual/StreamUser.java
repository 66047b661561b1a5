package dev.kubechurn.sim.apiserver.virtual;

/** A request or a watch that needs a stream of its connection. */
interface StreamUser {

    /** It has one now, and gives it back with {@link VirtualConnection#releaseStream}. Must not call back into core. */
    void streamTaken();
}
