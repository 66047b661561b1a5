package dev.kubechurn.core.manager;

/** How a kubelet's manager comes by its objects (M1), named as in the kubelet's configuration. */
public enum Strategy {
    /** One list and one watch for each referenced object; the kubelet's default. */
    WATCH,
    /** One get when an object is read and its TTL is over. */
    CACHE,
    /** One get for each read. */
    GET
}
