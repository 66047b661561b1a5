package dev.kubechurn.core.store;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a store a sweep must look at: those that have started since the last one, and those whose last read was
 * so long ago that they may be idle now. An entry that is in use comes up once in its idle time instead of at each sweep,
 * and a stopped one that nobody reads once more at most.
 *
 * <p>{@link #add} is safe from any thread and takes no lock; {@link #sweep} is for one thread at a time.
 *
 * @param <E> the kind of entry
 */
final class IdleQueue<E extends IdleQueue.Entry<E>> {

    private final AtomicReference<@Nullable E> arrivals = new AtomicReference<>();

    /** By the number of the sweep, modulo their number. */
    private final @Nullable Object[] due;

    private int sweeps;

    /** @param longest the most sweeps that a visit can ask to be left alone for */
    IdleQueue(int longest) {
        due = new @Nullable Object[longest + 1];
    }

    /**
     * What can be in a queue, one at a time.
     *
     * @param <E> itself
     */
    abstract static class Entry<E extends Entry<E>> extends ReferencedEntries.Entry {

        /** The one behind; itself for the last one, null for one that is in no queue. */
        private @Nullable E behind;

        /** Guarded by whatever serializes adding with the visit's decision to leave the queue. */
        final boolean isQueued() {
            return behind != null;
        }
    }

    /** Looks at an entry. */
    @FunctionalInterface
    interface Visitor<E> {

        /** In how many sweeps to come again; 0: the entry has left the queue, by {@link IdleQueue#leave}. */
        int visit(E entry);
    }

    /** The entry must not be queued. */
    void add(E entry) {
        if (entry.isQueued()) {
            throw new IllegalStateException("the entry is queued already");
        }
        E first;
        do {
            first = arrivals.get();
            link(entry, first);
        } while (!arrivals.compareAndSet(first, entry));
    }

    /** Visits each entry whose time has come. */
    void sweep(Visitor<E> visitor) {
        sweeps++;
        visit(arrivals.getAndSet(null), visitor);
        int place = sweeps % due.length;
        E first = first(place);
        due[place] = null;
        visit(first, visitor);
    }

    /** To be called within the visit, under what guards {@link Entry#isQueued}. */
    void leave(E entry) {
        ((Entry<E>) entry).behind = null;
    }

    private void visit(@Nullable E first, Visitor<E> visitor) {
        E entry = first;
        while (entry != null) {
            E behind = ((Entry<E>) entry).behind;
            E next = behind == entry ? null : behind;
            int again = visitor.visit(entry);
            if (again > 0) {
                int place = (sweeps + Math.min(again, due.length - 1)) % due.length;
                link(entry, first(place));
                due[place] = entry;
            }
            entry = next;
        }
    }

    private static <E extends Entry<E>> void link(E entry, @Nullable E next) {
        ((Entry<E>) entry).behind = next == null ? entry : next;
    }

    @SuppressWarnings("unchecked")
    private @Nullable E first(int place) {
        return (E) due[place];
    }
}
