package dev.kubechurn.sim.apiserver;

/** Hears of bookmarks to watches whose sinks read them late. */
@FunctionalInterface
public interface BookmarkListener {

    /** A bookmark goes out to so many watches. Called under the store's lock; must be short and must not call the store. */
    void sent(EncodedEvent bookmark, int watches);
}
