package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
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

    /** From here on a namespace's entries are a table. */
    private static final int MANY = 16;

    /** A table that has so few becomes an array again. */
    private static final int FEW = 8;

    /**
     * The entries of each namespace that has any: an {@code Entry[]} in the order of their names, or a {@link NameTable}
     * where there are many. An array never changes, so a lookup needs neither a lock nor a key object, and few entries, as
     * on most nodes, take little memory.
     */
    private final ConcurrentHashMap<String, Object> byNamespace = new ConcurrentHashMap<>();

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
            Entry known = present == null ? null : find(present, key.name());
            Entry entry = known == null ? newEntry.apply(key) : known;
            entry.references++;
            entry.referenced();
            return known == null ? with(present, entry) : present;
        });
    }

    /** Counts one reference less, and takes the entry away if it was the last; nobody's reference is none. */
    void deleteReference(ObjectKey key) {
        byNamespace.computeIfPresent(key.namespace(), (namespace, present) -> {
            Entry entry = find(present, key.name());
            if (entry == null || --entry.references > 0) {
                return present;
            }
            entry.release();
            return without(present, entry);
        });
    }

    @Nullable
    E find(String namespace, String name) {
        Object present = byNamespace.get(namespace);
        Entry found = present == null ? null : find(present, name);
        return found == null ? null : cast(found);
    }

    private static @Nullable Entry find(Object present, String name) {
        if (present instanceof Entry[] named) {
            int place = place(named, name);
            return place < 0 ? null : named[place];
        }
        return ((NameTable) present).find(name);
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

    private static Object with(@Nullable Object present, Entry added) {
        if (present instanceof NameTable table) {
            return table.with(added);
        }
        Entry[] named = present == null ? NONE : (Entry[]) present;
        if (named.length >= MANY) {
            return new NameTable(Stream.concat(Arrays.stream(named), Stream.of(added)), named.length + 1);
        }
        int place = -1 - place(named, added.key().name());
        Entry[] more = new Entry[named.length + 1];
        System.arraycopy(named, 0, more, 0, place);
        more[place] = added;
        System.arraycopy(named, place, more, place + 1, named.length - place);
        return more;
    }

    /** What is left; null: nothing. */
    private static @Nullable Object without(Object present, Entry removed) {
        if (present instanceof NameTable table) {
            table.remove(removed);
            return table.live() > FEW ? table : table.sorted();
        }
        Entry[] named = (Entry[]) present;
        if (named.length == 1) {
            return null;
        }
        int place = place(named, removed.key().name());
        Entry[] fewer = new Entry[named.length - 1];
        System.arraycopy(named, 0, fewer, 0, place);
        System.arraycopy(named, place + 1, fewer, place, fewer.length - place);
        return fewer;
    }

    /** Every entry once, in no order; entries that come or go in the meantime may be missed. */
    void forEach(Consumer<E> action) {
        byNamespace.values().forEach(present -> entries(present).forEach(entry -> action.accept(cast(entry))));
    }

    /** Every entry in the order of keys; each namespace is consistent, under its lock. */
    void forEachInOrder(Consumer<E> action) {
        for (String name : new TreeSet<>(byNamespace.keySet())) {
            byNamespace.computeIfPresent(name, (namespace, present) -> {
                for (Entry entry : present instanceof NameTable table ? table.sorted() : (Entry[]) present) {
                    action.accept(cast(entry));
                }
                return present;
            });
        }
    }

    /** The counts of all entries; each namespace is consistent, under its lock. */
    SortedMap<ObjectKey, Integer> references() {
        SortedMap<ObjectKey, Integer> counts = new TreeMap<>();
        forEachInOrder(entry -> counts.put(entry.key(), entry.references()));
        return counts;
    }

    private static Stream<Entry> entries(Object present) {
        return present instanceof NameTable table ? table.entries() : Arrays.stream((Entry[]) present);
    }

    /** Only entries of this kind come in. */
    @SuppressWarnings("unchecked")
    private E cast(Entry entry) {
        return (E) entry;
    }
}
