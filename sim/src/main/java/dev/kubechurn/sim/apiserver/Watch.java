package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.Timer;
import org.jspecify.annotations.Nullable;

/**
 * One open watch: its place in the index, its one timer (for bookmarks and the end) and its sink. Guarded by the store's
 * lock but for {@link #fire()} and {@link #cancel()}, which take it.
 */
final class Watch extends Timer implements WatchHandle {

    private final Watches owner;
    private final long id;
    private final WatchSink sink;
    private final long startRevision;
    private final long endNanos;
    private final boolean bookmarks;
    private Selection selection;

    // The intrusive list of watches with the same place in the index; no list: the watch is closed.
    @Nullable
    WatchList list;

    @Nullable
    Watch before;

    @Nullable
    Watch behind;

    /** @param endNanos when it ends by itself, on the scheduler's clock */
    Watch(Watches owner, long id, WatchRequest request, WatchSink sink, long startRevision, long endNanos) {
        this.owner = owner;
        this.id = id;
        this.selection = request.selection();
        this.sink = sink;
        this.startRevision = startRevision;
        this.endNanos = endNanos;
        this.bookmarks = request.allowBookmarks();
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

    boolean bookmarks() {
        return bookmarks;
    }

    /** When the watch ends by itself, on the scheduler's clock; what its timer does before is a bookmark. */
    long endNanos() {
        return endNanos;
    }

    WatchSink sink() {
        return sink;
    }

    /** Only later events are delivered; may lie in the future. */
    long startRevision() {
        return startRevision;
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
