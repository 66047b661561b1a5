package dev.kubechurn.sim.apiserver;

/** Hears of every committed write. */
@FunctionalInterface
public interface CommitListener {

    /**
     * A write was committed. Called under the store's lock, in the order of revisions, before any watch is given the
     * event; must be short, and must not call the store.
     *
     * @param object as the write made it; of a deletion, its last state under the deletion's revision
     * @param nanos the moment of the commit on the store's {@code Scheduler}
     */
    void committed(ChangeType type, StoredObject object, long nanos);
}
