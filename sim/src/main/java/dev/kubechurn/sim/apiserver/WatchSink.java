package dev.kubechurn.sim.apiserver;

/**
 * The receiving end of a watch, implemented by a carrier.
 *
 * <p>All are called under the store's lock, by whichever thread writes or runs the store's timers, one call
 * after the other and in the order of revisions. They must return at once, must not throw, and must not call the store:
 * a carrier hands the event to its own thread. Once the {@link WatchHandle} was cancelled nothing is called any more.
 */
public interface WatchSink {

    void event(EncodedEvent event);

    /**
     * Whether the bookmarks of each minute need not be handed over when they are sent. Then a {@link BookmarkListener}
     * hears how many were, and the last one comes by {@link #lateBookmark} before whatever could tell the difference: the
     * end of the watch, or its cancelling. The one shortly before the watch's end comes as an event in any case.
     */
    default boolean readsBookmarksLate() {
        return false;
    }

    /** The newest bookmark's version, if it was sent after the last event; also called while the handle is cancelled. */
    default void lateBookmark(long revision) {}

    /** The server ends the watch: its time is over or it was dropped. The last call. */
    void closed();
}
