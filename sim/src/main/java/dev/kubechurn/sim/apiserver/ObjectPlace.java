package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * All that the store keeps about one key of one resource, so that a request looks for its key once. Guarded by the store's
 * lock.
 */
final class ObjectPlace {

    /** Null once it has left it, as empty. */
    private @Nullable ObjectTable table;

    private final ObjectKey key;
    private final Selection selection;

    /** Those of this object alone. */
    private final WatchList watches = new WatchList();

    /** Null while it is not there. */
    private @Nullable StoredObject object;

    /** The newest write that the history still holds. */
    private @Nullable StoreEvent newestEvent;

    ObjectPlace(ObjectTable table, Resource resource, ObjectKey key) {
        this.table = table;
        this.key = key;
        this.selection = Selection.of(resource, this);
    }

    boolean isIn(ObjectTable other) {
        return table == other;
    }

    void leave() {
        table = null;
    }

    ObjectKey key() {
        return key;
    }

    /** What selects the object; one for all who ask for it. */
    Selection selection() {
        return selection;
    }

    WatchList watches() {
        return watches;
    }

    @Nullable
    StoredObject object() {
        return object;
    }

    void put(@Nullable StoredObject version) {
        object = version;
    }

    @Nullable
    StoreEvent newestEvent() {
        return newestEvent;
    }

    void putNewest(@Nullable StoreEvent event) {
        newestEvent = event;
    }

    boolean isEmpty() {
        return object == null && newestEvent == null && watches.isEmpty();
    }
}
