package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.Timer;
import org.jspecify.annotations.Nullable;

/**
 * One open watch: its place in the index, the timer of its last bookmark and its end, and its sink. Guarded by the store's
 * lock but for {@link #fire()} and {@link #cancel()}, which take it.
 */
final class Watch extends Timer implements WatchHandle {

    /** No moment: the watch gets no bookmarks by the minute. */
    static final int NEVER = -1;

    private final Watches owner;
    private final long id;
    private final WatchSink sink;
    private Selection selection;
    private long seenRevision;
    private boolean awaitsLastBookmark;

    // The intrusive list of watches with the same place in the index; no list: the watch is closed.
    @Nullable
    WatchList list;

    @Nullable
    Watch before;

    @Nullable
    Watch behind;

    /** For {@link Bookmarks}: the second since which the watch gets them. */
    int bookmarkedSince = NEVER;

    /** For {@link WatchArray}. */
    int place;

    Watch(Watches owner, long id, WatchRequest request, WatchSink sink, long startRevision) {
        this.owner = owner;
        this.id = id;
        this.selection = request.selection();
        this.sink = sink;
        this.seenRevision = startRevision;
    }

    /** Increases from watch to watch. */
    long id() {
        return id;
    }

    Selection selection() {
        return selection;
    }

    /** Takes an equal selection in place of its own, so that the watches of one object share one. */
    void share(Selection equal) {
        selection = equal;
    }

    WatchSink sink() {
        return sink;
    }

    boolean readsLate() {
        return sink.readsBookmarksLate();
    }

    /** The revision of the last event, before any the one that it starts behind, which may lie in the future. */
    long seenRevision() {
        return seenRevision;
    }

    void saw(long revision) {
        seenRevision = revision;
    }

    /** Whether the timer's next moment is that of the last bookmark, and not the end. */
    boolean awaitsLastBookmark() {
        return awaitsLastBookmark;
    }

    void awaitLastBookmark(boolean awaits) {
        awaitsLastBookmark = awaits;
    }

    boolean isOpen() {
        return list != null;
    }

    @Override
    public void fire() {
        owner.timeCame(this);
    }

    @Override
    public void cancel() {
        owner.cancelled(this);
    }
}
