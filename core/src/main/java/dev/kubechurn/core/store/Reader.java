package dev.kubechurn.core.store;

/** Receives the answer to one read: exactly one of the two, once. Must not block. */
public interface Reader<T> {

    /** The object as it is now; shared with others, so it must not be changed. */
    void found(T object);

    void failed(LookupError error);
}
