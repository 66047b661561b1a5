package dev.kubechurn.core.volume;

import dev.kubechurn.core.store.Reader;

/**
 * Where volumes get the objects of one kind from, as {@code ObjectManager::get} gives them. Never blocks.
 *
 * @param <T> the kind of object
 */
@FunctionalInterface
public interface ObjectGetter<T> {

    /** Asks for one object; the answer may come within the call or later, on any thread. */
    void get(String namespace, String name, Reader<T> reader);
}
