package dev.kubechurn.core.testing;

/** What a request asks for. */
public enum Verb {
    LIST,
    WATCH,
    GET
}
