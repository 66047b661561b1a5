package dev.kubechurn.core.env;

import dev.kubechurn.core.store.Reader;

/**
 * What the resolver needs of a manager: asynchronous reads of objects of one kind. {@code ObjectManager::get} is one.
 *
 * @param <T> the kind of object
 */
@FunctionalInterface
public interface ObjectReads<T> {

    /** Reads an object; the answer comes once, within this call or later on any thread. */
    void get(String namespace, String name, Reader<T> reader);
}
