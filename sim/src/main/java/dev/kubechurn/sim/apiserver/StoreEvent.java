package dev.kubechurn.sim.apiserver;

import org.jspecify.annotations.Nullable;

/** One committed write in the history, linked to the other writes of its object. Guarded by the store's lock. */
final class StoreEvent {

    private final ChangeType type;
    private final StoredObject object;
    private final @Nullable StoredObject previous;

    // The object's next older and newer event that the history still holds.
    @Nullable
    StoreEvent older;

    @Nullable
    StoreEvent newer;

    /**
     * @param object the version that the write made; of a deletion, the last state under the deletion's revision
     * @param previous the version before; null for a creation
     */
    StoreEvent(ChangeType type, StoredObject object, @Nullable StoredObject previous) {
        this.type = type;
        this.object = object;
        this.previous = previous;
    }

    ChangeType type() {
        return type;
    }

    StoredObject object() {
        return object;
    }

    @Nullable
    StoredObject previous() {
        return previous;
    }

    long revision() {
        return object.revision();
    }

    /**
     * How the write looks to whom sees only the selected objects: one that comes into the selection is added, one that
     * leaves it is deleted. Null when it does not show.
     */
    @Nullable
    ChangeType seenBy(Selection selection) {
        if (!selection.covers(object.key())) {
            return null;
        }
        boolean after = type != ChangeType.DELETED && selection.labels().matches(object.labels());
        boolean before = previous != null && selection.labels().matches(previous.labels());
        if (after) {
            return before ? ChangeType.MODIFIED : ChangeType.ADDED;
        }
        return before ? ChangeType.DELETED : null;
    }
}
