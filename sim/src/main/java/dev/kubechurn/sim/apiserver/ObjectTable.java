package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects of one resource: one by its key, as kubelets ask, and all in order. Guarded by the store's lock. */
final class ObjectTable {

    private final Resource resource;
    private final Map<ObjectKey, ObjectPlace> places = new HashMap<>();

    /** Made when somebody first asks for an order, and kept up to date from then on: kubelets never ask. */
    private @Nullable NavigableMap<ObjectKey, StoredObject> sorted;

    ObjectTable(Resource resource) {
        this.resource = resource;
    }

    /** The key's place, made if there is none. */
    ObjectPlace place(ObjectKey key) {
        ObjectPlace place = places.get(key);
        if (place == null) {
            place = new ObjectPlace(this, resource, key);
            places.put(key, place);
        }
        return place;
    }

    /** The place of the one key that the selection is about. */
    @Nullable
    ObjectPlace find(Selection selection, ObjectKey exactKey) {
        ObjectPlace known = selection.place();
        return known != null && known.isIn(this) ? known : places.get(exactKey);
    }

    @Nullable
    ObjectPlace find(ObjectKey key) {
        return places.get(key);
    }

    /** In no order. */
    Collection<ObjectPlace> places() {
        return Collections.unmodifiableCollection(places.values());
    }

    /** The place may have become empty: then it goes. */
    void tidy(ObjectPlace place) {
        if (place.isEmpty()) {
            places.remove(place.key());
            place.leave();
        }
    }

    @Nullable
    StoredObject get(ObjectKey key) {
        ObjectPlace place = places.get(key);
        return place == null ? null : place.object();
    }

    void put(StoredObject object) {
        place(object.key()).put(object);
        if (sorted != null) {
            sorted.put(object.key(), object);
        }
    }

    void remove(ObjectKey key) {
        ObjectPlace place = place(key);
        place.put(null);
        if (sorted != null) {
            sorted.remove(key);
        }
        tidy(place);
    }

    /** A view. */
    NavigableMap<ObjectKey, StoredObject> sorted() {
        NavigableMap<ObjectKey, StoredObject> present = sorted;
        if (present == null) {
            present = new TreeMap<>();
            for (ObjectPlace place : places.values()) {
                StoredObject object = place.object();
                if (object != null) {
                    present.put(place.key(), object);
                }
            }
            sorted = present;
        }
        return Collections.unmodifiableNavigableMap(present);
    }
}
