package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest writes to one resource, for replay, in a window that grows and shrinks as a kube-apiserver's watch cache
 * does: doubled when it is full of fresh events, halved when it is full and only its newest quarter may be fresh. Bounded
 * in bytes too, which a kube-apiserver's is not. Guarded by the store's lock.
 */
final class WatchCache {

    private static final int FEWEST = 16;

    private final ApiStore.Limits limits;
    private final ObjectTable objects;

    // A ring: the oldest event is at first.
    private @Nullable StoreEvent[] events = new @Nullable StoreEvent[FEWEST];
    private long[] nanos = new long[FEWEST];
    private int first;
    private int size;

    private int capacity;
    private long bytes;

    // Nothing is known of what happened up to this revision, whatever the ring holds.
    private long floor;
    private boolean forgot;

    /** @param objects keeps the newest event of each */
    WatchCache(ApiStore.Limits limits, long firstRevision, ObjectTable objects) {
        this.limits = limits;
        this.objects = objects;
        this.capacity = limits.minEvents();
        this.floor = firstRevision;
    }

    /**
     * What happened after this revision is known, what happened up to it is not. Once an event was forgotten the oldest
     * one that is left says so, as in a kube-apiserver, though nothing may have happened for long before it.
     */
    long compactedRevision() {
        return forgot && size > 0 ? Math.max(floor, event(0).revision() - 1) : floor;
    }

    /** How many events the window holds at most, now. */
    int capacity() {
        return capacity;
    }

    void append(StoreEvent event, long nowNanos) {
        resize(nowNanos);
        if (size >= capacity) {
            forgetOldest();
        }
        ObjectPlace place = objects.place(event.object().key());
        @Nullable StoreEvent older = place.newestEvent();
        place.putNewest(event);
        if (older != null) {
            event.older = older;
            older.newer = event;
        }
        push(event, nowNanos);
        bytes += event.object().utf8Bytes();
        while (bytes > limits.historyBytes() && size > 1) {
            forgetOldest();
        }
    }

    private void resize(long nowNanos) {
        if (size < capacity) {
            return;
        }
        if (nowNanos - nanosOf(0) < limits.freshNanos()) {
            capacity = (int) Math.min(2L * capacity, limits.maxEvents());
            return;
        }
        int quarter = size - capacity / 4;
        if (nowNanos - nanosOf(quarter == size ? 0 : quarter) > limits.freshNanos()) {
            capacity = Math.max(capacity / 2, limits.minEvents());
            while (size > capacity) {
                forgetOldest();
            }
        }
    }

    /** Forgets everything up to a revision. */
    void compact(long revision) {
        while (size > 0 && event(0).revision() <= revision) {
            forgetOldest();
        }
        floor = Math.max(floor, revision);
    }

    /** The events after a revision that can matter to the selection, oldest first. */
    List<StoreEvent> after(long revision, Selection selection) {
        @Nullable ObjectKey exact = selection.exactKey();
        if (exact == null) {
            return all(revision);
        }
        ObjectPlace place = objects.find(selection, exact);
        @Nullable StoreEvent event = place == null ? null : place.newestEvent();
        if (event == null || event.revision() <= revision) {
            return List.of();
        }
        ArrayDeque<StoreEvent> found = new ArrayDeque<>();
        for (; event != null && event.revision() > revision; event = event.older) {
            found.addFirst(event);
        }
        return List.copyOf(found);
    }

    private List<StoreEvent> all(long revision) {
        List<StoreEvent> found = new ArrayList<>();
        for (int i = indexAfter(revision); i < size; i++) {
            found.add(event(i));
        }
        return found;
    }

    /** Takes back in {@code state}, which is the present one, what happened after a revision. */
    void undo(long revision, NavigableMap<ObjectKey, StoredObject> state) {
        int end = indexAfter(revision);
        for (int i = size - 1; i >= end; i--) {
            StoreEvent event = event(i);
            @Nullable StoredObject previous = event.previous();
            if (previous == null) {
                state.remove(event.object().key());
            } else {
                state.put(event.object().key(), previous);
            }
        }
    }

    private int indexAfter(long revision) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (event(middle).revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void forgetOldest() {
        StoreEvent event = event(0);
        events[first] = null;
        first = (first + 1) % events.length;
        size--;
        forgot = true;
        floor = event.revision();
        bytes -= event.object().utf8Bytes();
        if (event.newer == null) {
            ObjectPlace place = objects.place(event.object().key());
            place.putNewest(null);
            objects.tidy(place);
        } else {
            event.newer.older = null;
        }
    }

    private void push(StoreEvent event, long nowNanos) {
        if (size == events.length) {
            enlarge();
        }
        int slot = (first + size) % events.length;
        events[slot] = event;
        nanos[slot] = nowNanos;
        size++;
    }

    private void enlarge() {
        int length = events.length;
        @Nullable StoreEvent[] moreEvents = Arrays.copyOf(events, 2 * length);
        long[] moreNanos = Arrays.copyOf(nanos, 2 * length);
        // What had wrapped around comes behind the rest.
        System.arraycopy(events, 0, moreEvents, length, first);
        System.arraycopy(nanos, 0, moreNanos, length, first);
        Arrays.fill(moreEvents, 0, first, null);
        events = moreEvents;
        nanos = moreNanos;
    }

    private StoreEvent event(int index) {
        StoreEvent event = events[(first + index) % events.length];
        if (event == null) {
            throw new IllegalStateException("no event at " + index + " of " + size);
        }
        return event;
    }

    private long nanosOf(int index) {
        return nanos[(first + index) % nanos.length];
    }
}
