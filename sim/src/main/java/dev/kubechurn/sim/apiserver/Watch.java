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
    private final Selection selection;
    private final WatchSink sink;
    private final long startRevision;

    // Offsets on the scheduler's clock from the opening, in nanoseconds.
    final long openedNanos;
    final long endOffsetNanos;
    long bookmarkOffsetNanos = Long.MAX_VALUE;

    // The intrusive list of watches with the same place in the index; no list: the watch is closed.
    @Nullable
    WatchList list;

    @Nullable
    Watch before;

    @Nullable
    Watch behind;

    Watch(Watches owner, long id, WatchRequest request, WatchSink sink, long startRevision, Span span) {
        this.owner = owner;
        this.id = id;
        this.selection = request.selection();
        this.sink = sink;
        this.startRevision = startRevision;
        this.openedNanos = span.openedNanos();
        this.endOffsetNanos = span.lengthNanos();
    }

    /** When a watch was opened on the scheduler's clock, and how long it may last. */
    record Span(long openedNanos, long lengthNanos) {}

    /** Increases from watch to watch. */
    long id() {
        return id;
    }

    Selection selection() {
        return selection;
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
