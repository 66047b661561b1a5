package dev.kubechurn.core.store;

import org.jspecify.annotations.Nullable;

/**
 * The entry of one referenced object, found once so that reading it again needs no look-up by name. It obeys the rules
 * of a read by name as long as the entry lives: a read counts as an access (S10), restarts an idle entry (S12) and
 * notices an immutable object (S7). Once the last reference has gone, a read through the handle is NotRegistered for
 * good, be the object referenced anew: whoever references it again takes a new handle. Safe from any thread.
 *
 * @param <T> the kind of object
 */
public interface ObjectHandle<T> {

    /**
     * The object from memory: the same as {@link #get} when that would find it at once, else null and then this counts
     * for nothing. Takes no lock and allocates nothing.
     */
    @Nullable
    T getNow();

    /** Reads the object; the answer comes within the call where it is at hand, else on a callback thread. */
    void get(Reader<T> reader);

    /** Who hears what becomes of the entry, as {@link StoreListener#added} gave it; without an entry one that is deaf. */
    default EntryListener<? super T> listener() {
        return EntryListener.DEAF;
    }
}
