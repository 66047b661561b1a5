package dev.kubechurn.sim.apiserver;

/** Hears of every committed write. */
@FunctionalInterface
public interface CommitListener {

    /**
     * A write was committed. Called under the store's lock, in the order of revisions, before any watch is given the
     * event; must be short, and must not call the store.
     *
     * @param namespace empty for objects that live in none
     * @param revision the resourceVersion that the write made
     * @param nanos the moment of the commit on the store's {@code Scheduler}
     */
    void committed(ChangeType type, Resource resource, String namespace, String name, long revision, long nanos);
}
