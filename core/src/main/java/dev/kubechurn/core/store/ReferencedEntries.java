package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one store by their keys: an entry is there while at least one pod references its object (M9).
 *
 * <p>A hash table with open addressing, at most half of which is in use. A map would want a key object for each lookup,
 * and one map for each namespace would mean two of them.
 *
 * <p>Safe from any thread. A lookup takes no lock and allocates nothing: slots are read one by one while entries come and
 * go, and when a larger table takes the place of this one whoever still looks in the old one finds what was there when he
 * began. What happens to one entry happens under its monitor; the lock on the table is held for the change of a slot and
 * while nothing else is called, and is always taken last.
 *
 * @param <E> the kind of entry
 */
final class ReferencedEntries<E extends ReferencedEntries.Entry> {

    private static final int LEAST_SLOTS = 8;

    private final Function<ObjectKey, E> newEntry;

    private volatile Slots slots = new Slots(LEAST_SLOTS);

    /** How many slots hold an entry or have held one; guarded by this. */
    private int used;

    private int live;

    ReferencedEntries(Function<ObjectKey, E> newEntry) {
        this.newEntry = newEntry;
    }

    /** What a store remembers about one referenced object. */
    abstract static class Entry {

        private final ObjectKey key;

        // The key's, one step nearer for those who look for it.
        private final String namespace;
        private final String name;

        /** How many registered pods name the object; 0 once the last one went, for good. Written under the monitor. */
        private volatile int references;

        Entry(ObjectKey key) {
            this.key = key;
            this.namespace = key.namespace();
            this.name = key.name();
        }

        final ObjectKey key() {
            return key;
        }

        /** Guards the count of references and all that follows from it. */
        abstract Object monitor();

        final int references() {
            return references;
        }

        /** One more pod names the object; called under the monitor, with the new count. */
        abstract void referenced(int count);

        /** The last reference went and the entry with it; called under the monitor. */
        abstract void release();
    }

    /** Counts one reference more, and makes the entry if it is the first. */
    void addReference(String namespace, String name) {
        Entry fresh = null;
        for (Entry known = search(namespace, name); ; known = search(namespace, name)) {
            if (known == null) {
                fresh = fresh == null ? newEntry.apply(new ObjectKey(namespace, name)) : fresh;
                if (addedFirst(fresh)) {
                    return;
                }
            } else if (countedAgain(known)) {
                return;
            }
        }
    }

    /** Whoever finds the entry meanwhile waits at its monitor until it has been told of its first reference. */
    private boolean addedFirst(Entry entry) {
        synchronized (entry.monitor()) {
            if (!put(entry)) {
                return false;
            }
            entry.references = 1;
            entry.referenced(1);
            return true;
        }
    }

    private static boolean countedAgain(Entry entry) {
        synchronized (entry.monitor()) {
            int before = entry.references;
            if (before == 0) {
                return false; // it has just gone
            }
            entry.references = before + 1;
            entry.referenced(before + 1);
            return true;
        }
    }

    /** Counts one reference less, and takes the entry away if it was the last; nobody's reference is none. */
    void deleteReference(String namespace, String name) {
        Entry entry = search(namespace, name);
        if (entry == null) {
            return;
        }
        synchronized (entry.monitor()) {
            int before = entry.references;
            if (before == 0) {
                return;
            }
            entry.references = before - 1;
            if (before == 1) {
                entry.release();
                remove(entry);
            }
        }
    }

    @Nullable
    E find(String namespace, String name) {
        Entry found = search(namespace, name);
        return found == null ? null : cast(found);
    }

    private @Nullable Entry search(String namespace, String name) {
        return slots.find(hash(namespace, name), namespace, name);
    }

    /** Namespaces and names are often numbered: their hashes alone would lie side by side. */
    private static int hash(String namespace, String name) {
        int hash = (namespace.hashCode() * 31 + name.hashCode()) * 0x9E37_79B1;
        hash ^= hash >>> 15;
        return hash == Slots.EMPTY || hash == Slots.GONE ? 2 : hash;
    }

    /** Whether there was none of its key. */
    private synchronized boolean put(Entry added) {
        int hash = hash(added.namespace, added.name);
        if (slots.find(hash, added.namespace, added.name) != null) {
            return false;
        }
        if (2 * (used + 1) > slots.count()) {
            resize();
        }
        slots.insert(hash, added);
        used++;
        live++;
        return true;
    }

    private void resize() {
        Slots next = new Slots(Math.max(LEAST_SLOTS, Integer.highestOneBit(live + 1) * 4));
        slots.forEach(entry -> next.insert(hash(entry.namespace, entry.name), entry));
        used = live;
        slots = next;
    }

    private synchronized void remove(Entry removed) {
        Slots now = slots;
        used -= now.remove(hash(removed.namespace, removed.name), removed);
        live--;
        if (now.count() > LEAST_SLOTS && live < now.count() / 16) {
            resize();
        }
    }

    /** Every entry once, in no order; entries that come or go in the meantime may be missed. */
    void forEach(Consumer<E> action) {
        slots.forEach(entry -> action.accept(cast(entry)));
    }

    /** Every entry in the order of keys; entries that come or go in the meantime may be missed. */
    void forEachInOrder(Consumer<E> action) {
        SortedMap<ObjectKey, E> inOrder = new TreeMap<>();
        forEach(entry -> inOrder.put(entry.key(), entry));
        inOrder.values().forEach(action);
    }

    /** The counts of all entries. */
    SortedMap<ObjectKey, Integer> references() {
        SortedMap<ObjectKey, Integer> counts = new TreeMap<>();
        forEach(entry -> {
            int references = entry.references();
            if (references > 0) {
                counts.put(entry.key(), references);
            }
        });
        return counts;
    }

    /** Only entries of this kind come in. */
    @SuppressWarnings("unchecked")
    private E cast(Entry entry) {
        return (E) entry;
    }

    /**
     * A table with open addressing. What lies in a slot is told by its hash, so that only an entry that is very likely the
     * one looked for is looked at. Written under the lock on all entries, read by anyone.
     */
    private static final class Slots {

        private static final VarHandle HASH = MethodHandles.arrayElementVarHandle(int[].class);
        private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(Entry[].class);

        static final int EMPTY = 0;

        /** Where an entry has been: an empty slot would end the way to those behind it. */
        static final int GONE = 1;

        private final int[] hashes;
        private final @Nullable Entry[] entries;

        /** @param count a power of two */
        Slots(int count) {
            hashes = new int[count];
            entries = new Entry[count];
        }

        int count() {
            return hashes.length;
        }

        @Nullable
        Entry find(int hash, String namespace, String name) {
            int mask = hashes.length - 1;
            for (int i = hash & mask; ; i = (i + 1) & mask) {
                int there = (int) HASH.getAcquire(hashes, i);
                if (there == hash) {
                    Entry entry = (Entry) ENTRY.getAcquire(entries, i);
                    // Null: it has left while we came.
                    if (entry != null && entry.name.equals(name) && entry.namespace.equals(namespace)) {
                        return entry;
                    }
                } else if (there == EMPTY) {
                    return null;
                }
            }
        }

        /** The entry is there before its hash tells of it. */
        void insert(int hash, Entry added) {
            int mask = hashes.length - 1;
            int i = hash & mask;
            while (hashes[i] != EMPTY) {
                i = (i + 1) & mask;
            }
            ENTRY.setRelease(entries, i, added);
            HASH.setRelease(hashes, i, hash);
        }

        /** How many slots are empty again. */
        int remove(int hash, Entry removed) {
            int mask = hashes.length - 1;
            int i = hash & mask;
            while (entries[i] != removed) {
                i = (i + 1) & mask;
            }
            boolean last = hashes[(i + 1) & mask] == EMPTY; // nobody has to get past it
            HASH.setRelease(hashes, i, last ? EMPTY : GONE);
            ENTRY.setRelease(entries, i, null);
            return last ? 1 : 0;
        }

        void forEach(Consumer<Entry> action) {
            for (int i = 0; i < entries.length; i++) {
                Entry entry = (Entry) ENTRY.getAcquire(entries, i);
                if (entry != null) {
                    action.accept(entry);
                }
            }
        }
    }
}
