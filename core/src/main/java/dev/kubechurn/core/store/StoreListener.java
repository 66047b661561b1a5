package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.reflector.ReflectorListener;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of a store's entries. Called under the entry's lock, on whatever thread caused it; must be quick
 * and must not call the store.
 *
 * @param <T> the kind of object
 */
public interface StoreListener<T> extends ReflectorListener {

    /** The first reference made an entry. */
    default void added(ObjectKey key) {}

    /** The entry took this state from the server, by list or event; null: the object is not there. */
    default void applied(ObjectKey key, @Nullable T object) {}

    /** The entry no longer follows the server: idle (S12) or immutable (S7). */
    default void stopped(ObjectKey key) {}

    /** A read started an idle entry again (S12). */
    default void restarted(ObjectKey key) {}

    /** The last reference went, and the entry with it (M9). */
    default void removed(ObjectKey key) {}
}
