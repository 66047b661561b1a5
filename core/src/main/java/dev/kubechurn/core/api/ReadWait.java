package dev.kubechurn.core.api;

/** How a read waits for the first list of an object that is not synced yet (S3). */
public enum ReadWait {

    /**
     * The kubelet's way, and the default: the read looks at once and then every 10 ms from its own start. Meanwhile the
     * reflector goes on from its list to its watch, so an immutable object costs one list and one watch.
     */
    POLLED,

    /**
     * The list itself answers the read: up to 10 ms sooner, for users of the library who want the value and not the
     * kubelet's requests. An immutable object's watch may then be given up before it leaves.
     */
    WOKEN
}
