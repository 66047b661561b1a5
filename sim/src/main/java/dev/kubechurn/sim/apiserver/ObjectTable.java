package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects of one resource: one by its key, as kubelets ask, and all in order. Guarded by the store's lock. */
final class ObjectTable {

    private final Map<ObjectKey, StoredObject> byKey = new HashMap<>();
    private final NavigableMap<ObjectKey, StoredObject> sorted = new TreeMap<>();

    @Nullable
    StoredObject get(ObjectKey key) {
        return byKey.get(key);
    }

    void put(StoredObject object) {
        byKey.put(object.key(), object);
        sorted.put(object.key(), object);
    }

    void remove(ObjectKey key) {
        byKey.remove(key);
        sorted.remove(key);
    }

    /** A view. */
    NavigableMap<ObjectKey, StoredObject> sorted() {
        return Collections.unmodifiableNavigableMap(sorted);
    }
}
