package dev.kubechurn.core.reflector;

import dev.kubechurn.core.api.ObjectKey;

/** Hears what reflectors do beyond their first list and watch. Called on API threads; must be quick and thread-safe. */
public interface ReflectorListener {

    /** A round ended and the object is about to be listed anew (R1). */
    default void relisting(ObjectKey key) {}

    /** A watch ended and the next one continues from its last resourceVersion without a list (R7, R9). */
    default void reconnecting(ObjectKey key) {}
}
