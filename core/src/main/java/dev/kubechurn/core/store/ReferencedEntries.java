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

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Entry[].class);
    private static final int LEAST_SLOTS = 8;

    /** Where an entry has been: an empty slot would end the way to those behind it. */
    private static final Entry GONE = new Gone();

    private final Function<ObjectKey, E> newEntry;

    /** A power of two of them. */
    private volatile @Nullable Entry[] slots = new Entry[LEAST_SLOTS];

    /** How many slots hold an entry or have held one; guarded by this. */
    private int used;

    private int live;

    ReferencedEntries(Function<ObjectKey, E> newEntry) {
        this.newEntry = newEntry;
    }

    /** What a store remembers about one referenced object. */
    abstract static class Entry {

        /** How many registered pods name the object; 0 once the last one went, for good. Written under the monitor. */
        private volatile int references;

        abstract ObjectKey key();

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
        Entry[] table = slots;
        int mask = table.length - 1;
        for (int i = home(namespace, name) & mask; ; i = (i + 1) & mask) {
            Entry entry = (Entry) SLOT.getAcquire(table, i);
            if (entry == null) {
                return null;
            }
            if (entry != GONE && is(entry.key(), namespace, name)) {
                return entry;
            }
        }
    }

    private static boolean is(ObjectKey key, String namespace, String name) {
        return key.name().equals(name) && key.namespace().equals(namespace);
    }

    /** Namespaces and names are often numbered: their hashes alone would lie side by side. */
    private static int home(String namespace, String name) {
        int hash = (namespace.hashCode() * 31 + name.hashCode()) * 0x9E37_79B1;
        return hash ^ (hash >>> 15);
    }

    /** Whether there was none of its key. */
    private synchronized boolean put(Entry added) {
        ObjectKey key = added.key();
        if (search(key.namespace(), key.name()) != null) {
            return false;
        }
        if (2 * (used + 1) > slots.length) {
            resize();
        }
        insert(slots, added);
        used++;
        live++;
        return true;
    }

    private void resize() {
        Entry[] next = new Entry[Math.max(LEAST_SLOTS, Integer.highestOneBit(live + 1) * 4)];
        for (Entry entry : slots) {
            if (entry != null && entry != GONE) {
                insert(next, entry);
            }
        }
        used = live;
        slots = next;
    }

    private static void insert(Entry[] table, Entry added) {
        int mask = table.length - 1;
        int i = home(added.key().namespace(), added.key().name()) & mask;
        while (table[i] != null) {
            i = (i + 1) & mask;
        }
        SLOT.setRelease(table, i, added);
    }

    private synchronized void remove(Entry removed) {
        Entry[] table = slots;
        int mask = table.length - 1;
        int i = home(removed.key().namespace(), removed.key().name()) & mask;
        while (table[i] != removed) {
            i = (i + 1) & mask;
        }
        boolean last = table[(i + 1) & mask] == null; // nobody has to get past it
        SLOT.setRelease(table, i, last ? null : GONE);
        used -= last ? 1 : 0;
        live--;
        if (table.length > LEAST_SLOTS && live < table.length / 16) {
            resize();
        }
    }

    /** Every entry once, in no order; entries that come or go in the meantime may be missed. */
    void forEach(Consumer<E> action) {
        Entry[] table = slots;
        for (int i = 0; i < table.length; i++) {
            Entry entry = (Entry) SLOT.getAcquire(table, i);
            if (entry != null && entry != GONE) {
                action.accept(cast(entry));
            }
        }
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

    private static final class Gone extends Entry {

        @Override
        ObjectKey key() {
            throw new IllegalStateException("nobody is here");
        }

        @Override
        Object monitor() {
            return this;
        }

        @Override
        void referenced(int count) {}

        @Override
        void release() {}
    }
}
