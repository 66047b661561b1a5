package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The latest writes, for replay: bounded in number and in bytes, oldest forgotten first. Every revision after
 * {@link #compactedRevision()} has exactly one event here. Guarded by the store's lock.
 */
final class History {

    private final int maxEvents;
    private final long maxBytes;
    private final ArrayDeque<StoreEvent> events = new ArrayDeque<>();
    private final Map<Resource, Map<ObjectKey, StoreEvent>> newest = new EnumMap<>(Resource.class);
    private long bytes;
    private long compactedRevision;

    History(int maxEvents, long maxBytes, long firstRevision) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.compactedRevision = firstRevision;
        for (Resource resource : Resource.values()) {
            newest.put(resource, new HashMap<>());
        }
    }

    /** What happened after this revision is known, what happened up to it is not. */
    long compactedRevision() {
        return compactedRevision;
    }

    void append(StoreEvent event) {
        @Nullable
        StoreEvent older =
                newestOf(event.object().resource()).put(event.object().key(), event);
        if (older != null) {
            event.older = older;
            older.newer = event;
        }
        events.addLast(event);
        bytes += event.object().utf8Bytes();
        while (events.size() > maxEvents || (bytes > maxBytes && events.size() > 1)) {
            forgetOldest();
        }
    }

    /** Forgets everything up to a revision. */
    void compact(long revision) {
        while (!events.isEmpty() && events.getFirst().revision() <= revision) {
            forgetOldest();
        }
    }

    /** The events after a revision that can matter to the selection, oldest first. */
    List<StoreEvent> after(long revision, Selection selection) {
        ArrayDeque<StoreEvent> found = new ArrayDeque<>();
        @Nullable ObjectKey exact = selection.exactKey().orElse(null);
        if (exact != null) {
            @Nullable StoreEvent event = newestOf(selection.resource()).get(exact);
            for (; event != null && event.revision() > revision; event = event.older) {
                found.addFirst(event);
            }
        } else {
            Iterator<StoreEvent> backwards = events.descendingIterator();
            while (backwards.hasNext()) {
                StoreEvent event = backwards.next();
                if (event.revision() <= revision) {
                    break;
                }
                if (event.object().resource() == selection.resource()) {
                    found.addFirst(event);
                }
            }
        }
        return List.copyOf(found);
    }

    /** Takes back in {@code state}, which is the present one, what happened to a resource after a revision. */
    void undo(Resource resource, long revision, NavigableMap<ObjectKey, StoredObject> state) {
        Iterator<StoreEvent> backwards = events.descendingIterator();
        while (backwards.hasNext()) {
            StoreEvent event = backwards.next();
            if (event.revision() <= revision) {
                return;
            }
            if (event.object().resource() != resource) {
                continue;
            }
            @Nullable StoredObject previous = event.previous();
            if (previous == null) {
                state.remove(event.object().key());
            } else {
                state.put(event.object().key(), previous);
            }
        }
    }

    private void forgetOldest() {
        StoreEvent event = events.removeFirst();
        bytes -= event.object().utf8Bytes();
        compactedRevision = event.revision();
        if (event.newer == null) {
            newestOf(event.object().resource()).remove(event.object().key());
        } else {
            event.newer.older = null;
        }
    }

    private Map<ObjectKey, StoreEvent> newestOf(Resource resource) {
        return Objects.requireNonNull(newest.get(resource));
    }
}
