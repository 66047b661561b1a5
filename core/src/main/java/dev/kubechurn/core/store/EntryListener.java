package dev.kubechurn.core.store;

import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of one entry of a store, from its first reference to its last. Called under the entry's lock, on
 * whatever thread caused it; must be quick and must not call the store.
 *
 * @param <T> the kind of object
 */
public interface EntryListener<T> {

    /** One that does nothing with what it hears. */
    EntryListener<Object> DEAF = new EntryListener<>() {};

    /** The entry took this state from the server, by list or event; null: the object is not there. */
    default void applied(@Nullable T object) {}

    /** The entry no longer follows the server: idle (S12) or immutable (S7). */
    default void stopped() {}

    /** A read started an idle entry again (S12). */
    default void restarted() {}

    /**
     * A new reference has forgotten the value (S20): reads that wait for a fetch under way still get what it brings, and
     * reads that begin now get what a fetch of their own brings, which may be older.
     */
    default void forgotten() {}

    /** The last reference went, and the entry with it (M9). */
    default void removed() {}
}
