package dev.kubechurn.sim.apiserver;

/** What a write did to an object; the names are those of watch events. */
public enum ChangeType {
    ADDED,
    MODIFIED,
    DELETED
}
