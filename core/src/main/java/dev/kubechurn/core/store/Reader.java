package dev.kubechurn.core.store;

/**
 * Receives the answer to one read: exactly one of the two, once. Must not block, and must not throw: what it throws
 * reaches whoever brought the answer, after all others that waited for the same answer have had theirs.
 */
public interface Reader<T> {

    /** The object as it is now; shared with others, so it must not be changed. */
    void found(T object);

    void failed(LookupError error);
}
