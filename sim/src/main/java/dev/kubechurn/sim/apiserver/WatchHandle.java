package dev.kubechurn.sim.apiserver;

/** An open watch in the hands of whom opened it. */
@FunctionalInterface
public interface WatchHandle {

    /** Ends the watch from the client's side, without {@link WatchSink#closed()}; idempotent, safe from any thread. */
    void cancel();
}
