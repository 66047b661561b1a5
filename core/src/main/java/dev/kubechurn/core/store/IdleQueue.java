package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * By the number of the sweep, modulo their number. Lists, not chains: entries are far apart in memory, which can look
     * for the next ones meanwhile if it is known where they are.
     */
    private final List<List<E>> due;

    private int sweeps;

    /** @param longest the most sweeps that a visit can ask to be left alone for */
    IdleQueue(int longest) {
        due = new ArrayList<>(longest + 1);
        for (int i = 0; i <= longest; i++) {
            due.add(new ArrayList<>(0));
        }
    }

    /**
     * What can be in a queue, one at a time.
     *
     * @param <E> itself
     */
    abstract static class Entry<E extends Entry<E>> extends ReferencedEntries.Entry {

        /** The one that arrived before; itself for the first one and for those in a list, null for one in no queue. */
        private @Nullable E behind;

        Entry(ObjectKey key) {
            super(key);
        }

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
            throw new IllegalStateException("the entry is already queued");
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
        visitArrivals(visitor);
        List<E> now = due.get(sweeps % due.size());
        for (int i = now.size() - 1; i >= 0; i--) {
            visit(now.get(i), visitor);
        }
        now.clear();
    }

    /** To be called within the visit, under what guards {@link Entry#isQueued}. */
    void leave(E entry) {
        ((Entry<E>) entry).behind = null;
    }

    private void visitArrivals(Visitor<E> visitor) {
        E entry = arrivals.getAndSet(null);
        while (entry != null) {
            E behind = ((Entry<E>) entry).behind;
            link(entry, null);
            E next = behind == entry ? null : behind;
            visit(entry, visitor);
            entry = next;
        }
    }

    /** No visit asks to come again within this sweep or in as many sweeps as there are lists. */
    private void visit(E entry, Visitor<E> visitor) {
        int again = visitor.visit(entry);
        if (again > 0) {
            int sweep = sweeps + Math.min(again, due.size() - 1);
            due.get(sweep % due.size()).add(entry);
        }
    }

    private static <E extends Entry<E>> void link(E entry, @Nullable E next) {
        ((Entry<E>) entry).behind = next == null ? entry : next;
    }
}
