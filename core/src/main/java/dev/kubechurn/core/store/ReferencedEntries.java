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

    /** A lookup needs no key object. Inner maps that become empty go. */
    private final ConcurrentHashMap<String, ConcurrentHashMap<String, E>> byNamespace = new ConcurrentHashMap<>();

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
            ConcurrentHashMap<String, E> named = present == null ? new ConcurrentHashMap<>(2) : present;
            E entry = named.get(key.name());
            if (entry == null) {
                entry = newEntry.apply(key);
                named.put(key.name(), entry);
            }
            Entry counted = entry;
            counted.references++;
            counted.referenced();
            return named;
        });
    }

    /** Counts one reference less, and takes the entry away if it was the last; nobody's reference is none. */
    void deleteReference(ObjectKey key) {
        byNamespace.computeIfPresent(key.namespace(), (namespace, named) -> {
            Entry entry = named.get(key.name());
            if (entry != null && --entry.references == 0) {
                named.remove(key.name());
                entry.release();
            }
            return named.isEmpty() ? null : named;
        });
    }

    @Nullable
    E find(String namespace, String name) {
        ConcurrentHashMap<String, E> named = byNamespace.get(namespace);
        return named == null ? null : named.get(name);
    }

    /** Every entry once, in no order; entries that come or go in the meantime may be missed. */
    void forEach(Consumer<E> action) {
        byNamespace.values().forEach(named -> named.values().forEach(action));
    }

    /** Every entry in the order of keys; each namespace is consistent, under its lock. */
    void forEachInOrder(Consumer<E> action) {
        for (String name : new TreeSet<>(byNamespace.keySet())) {
            byNamespace.computeIfPresent(name, (namespace, named) -> {
                new TreeMap<>(named).values().forEach(action);
                return named;
            });
        }
    }

    SortedMap<ObjectKey, Integer> references() {
        SortedMap<ObjectKey, Integer> counts = new TreeMap<>();
        forEachInOrder(entry -> counts.put(entry.key(), entry.references()));
        return counts;
    }
}
