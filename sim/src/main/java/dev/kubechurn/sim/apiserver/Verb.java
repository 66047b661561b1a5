package dev.kubechurn.sim.apiserver;

/** What a request does, as the API server's own metrics call it; OTHER is discovery, health and what cannot be read. */
public enum Verb {
    GET,
    LIST,
    WATCH,
    CREATE,
    UPDATE,
    PATCH,
    DELETE,
    OTHER
}
