package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.reflector.ReflectorListener;

/**
 * Hears of a store's new entries. Called under the entry's lock, on whatever thread caused it; must be quick and must
 * not call the store.
 *
 * @param <T> the kind of object
 */
public interface StoreListener<T> extends ReflectorListener {

    /** The first reference makes an entry; what becomes of it is told to the listener that is given back. */
    default EntryListener<? super T> added(ObjectKey key) {
        return EntryListener.DEAF;
    }
}
