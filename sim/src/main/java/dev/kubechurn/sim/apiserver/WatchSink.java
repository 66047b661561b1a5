package dev.kubechurn.sim.apiserver;

/**
 * The receiving end of a watch, implemented by a carrier.
 *
 * <p>Both methods are called under the store's lock, by whichever thread writes or runs the store's timers, one call
 * after the other and in the order of revisions. They must return at once, must not throw, and must not call the store:
 * a carrier hands the event to its own thread. Once the {@link WatchHandle} was cancelled nothing is called any more.
 */
public interface WatchSink {

    void event(EncodedEvent event);

    /** The server ends the watch: its time is over or it was dropped. The last call. */
    void closed();
}
