package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one store, by namespace, then name: an entry is there while at least one pod references its object
 * (M9).
 *
 * <p>Safe from any thread. A lookup takes no lock and allocates nothing. The entries of one namespace come and go, and
 * their counts change, under that namespace's lock; there is no global lock.
 *
 * @param <E> the kind of entry
 */
final class ReferencedEntries<E extends ReferencedEntries.Entry> {

    private static final Entry[] NONE = {};

    /**
     * The entries of each namespace that has any, in the order of their names. An array never changes, so a lookup needs
     * neither a lock nor a key object, and few entries take little memory.
     */
    private final ConcurrentHashMap<String, Entry[]> byNamespace = new ConcurrentHashMap<>();

    /** What a store remembers about one referenced object. */
    abstract static class Entry {

        /** How many registered pods name the object; guarded by the namespace's lock in the map. */
        private int references;

        abstract ObjectKey key();

        final int references() {
            return references;
        }

        /** One more pod names the object; called under the namespace's lock, with the new count. */
        abstract void referenced();

        /** The last reference went and the entry with it; called under the namespace's lock. */
        abstract void release();
    }

    /** Counts one reference more, and makes the entry if it is the first. */
    void addReference(ObjectKey key, Function<ObjectKey, E> newEntry) {
        byNamespace.compute(key.namespace(), (namespace, present) -> {
            Entry[] named = present == null ? NONE : present;
            int place = place(named, key.name());
            Entry[] after = place >= 0 ? named : with(named, -1 - place, newEntry.apply(key));
            Entry entry = after[place >= 0 ? place : -1 - place];
            entry.references++;
            entry.referenced();
            return after;
        });
    }

    /** Counts one reference less, and takes the entry away if it was the last; nobody's reference is none. */
    void deleteReference(ObjectKey key) {
        byNamespace.computeIfPresent(key.namespace(), (namespace, named) -> {
            int place = place(named, key.name());
            if (place < 0 || --named[place].references > 0) {
                return named;
            }
            named[place].release();
            return named.length == 1 ? null : without(named, place);
        });
    }

    @Nullable
    E find(String namespace, String name) {
        Entry[] named = byNamespace.get(namespace);
        int place = named == null ? -1 : place(named, name);
        return named == null || place < 0 ? null : cast(named[place]);
    }

    /** Where the entry is, or -1 less the place where it would be. */
    private static int place(Entry[] named, String name) {
        int low = 0;
        int high = named.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = named[middle].key().name().compareTo(name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1 - low;
    }

    private static Entry[] with(Entry[] named, int place, Entry added) {
        Entry[] more = new Entry[named.length + 1];
        System.arraycopy(named, 0, more, 0, place);
        more[place] = added;
        System.arraycopy(named, place, more, place + 1, named.length - place);
        return more;
    }

    private static Entry[] without(Entry[] named, int place) {
        Entry[] fewer = new Entry[named.length - 1];
        System.arraycopy(named, 0, fewer, 0, place);
        System.arraycopy(named, place + 1, fewer, place, fewer.length - place);
        return fewer;
    }

    /** Every entry once, in no order; entries that come or go in the meantime may be missed. */
    void forEach(Consumer<E> action) {
        byNamespace.values().forEach(named -> forEach(named, action));
    }

    /** Every entry in the order of keys; each namespace is consistent, under its lock. */
    void forEachInOrder(Consumer<E> action) {
        for (String name : new TreeSet<>(byNamespace.keySet())) {
            byNamespace.computeIfPresent(name, (namespace, named) -> {
                forEach(named, action);
                return named;
            });
        }
    }

    /** The counts of all entries; each namespace is consistent, under its lock. */
    SortedMap<ObjectKey, Integer> references() {
        SortedMap<ObjectKey, Integer> counts = new TreeMap<>();
        for (String name : byNamespace.keySet()) {
            byNamespace.computeIfPresent(name, (namespace, named) -> {
                forEach(named, entry -> counts.put(entry.key(), entry.references()));
                return named;
            });
        }
        return counts;
    }

    private void forEach(Entry[] named, Consumer<E> action) {
        for (Entry entry : named) {
            action.accept(cast(entry));
        }
    }

    /** Only entries of this kind come in. */
    @SuppressWarnings("unchecked")
    private E cast(Entry entry) {
        return (E) entry;
    }
}
