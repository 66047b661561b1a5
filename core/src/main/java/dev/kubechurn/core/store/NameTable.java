package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.ReferencedEntries.Entry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a namespace that has many: a hash table with open addressing, at most half of which is in use, so that
 * a lookup needs no key object and looks at two or three slots.
 *
 * <p>Changed under the namespace's lock; a lookup takes none. Slots only ever go from empty to an entry to {@link #GONE},
 * so that whoever looks meanwhile never misses an entry that stays. When there is no room a larger table takes the place
 * of this one.
 */
final class NameTable {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Entry[].class);
    private static final Entry GONE = new Gone();

    private final @Nullable Entry[] slots;

    /** Entries, and slots that are not empty; guarded by the namespace's lock. */
    private int live;

    private int used;

    /** A table with room for twice as many. */
    NameTable(Stream<Entry> entries, int count) {
        slots = new Entry[Integer.highestOneBit(Math.max(8, count)) * 4];
        entries.forEach(this::put);
    }

    int live() {
        return live;
    }

    @Nullable
    Entry find(String name) {
        int mask = slots.length - 1;
        for (int i = home(name) & mask; ; i = (i + 1) & mask) {
            Entry entry = (Entry) SLOT.getAcquire(slots, i);
            if (entry == null) {
                return null;
            }
            if (entry != GONE && entry.key().name().equals(name)) {
                return entry;
            }
        }
    }

    /** This table with another entry, or a larger one that takes its place. */
    NameTable with(Entry added) {
        if (2 * (used + 1) > slots.length) {
            return new NameTable(Stream.concat(entries(), Stream.of(added)), live + 1);
        }
        put(added);
        return this;
    }

    private void put(Entry added) {
        int mask = slots.length - 1;
        int i = home(added.key().name()) & mask;
        while (slots[i] != null) {
            i = (i + 1) & mask;
        }
        SLOT.setRelease(slots, i, added);
        live++;
        used++;
    }

    void remove(Entry removed) {
        int mask = slots.length - 1;
        int i = home(removed.key().name()) & mask;
        while (slots[i] != removed) {
            i = (i + 1) & mask;
        }
        SLOT.setRelease(slots, i, GONE);
        live--;
    }

    /** In no order. */
    Stream<Entry> entries() {
        return Arrays.stream(slots).filter(Objects::nonNull).filter(entry -> entry != GONE);
    }

    /** In the order of their names. */
    Entry[] sorted() {
        return entries()
                .sorted(Comparator.comparing((Entry entry) -> entry.key().name()))
                .toArray(Entry[]::new);
    }

    /** Names that differ in their last characters only lie side by side as they are. */
    private static int home(String name) {
        int hash = name.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    /** Where an entry has been. */
    private static final class Gone extends Entry {

        @Override
        ObjectKey key() {
            throw new IllegalStateException("nobody is here");
        }

        @Override
        void referenced() {}

        @Override
        void release() {}
    }
}
