package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.ListResult;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.StoredObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All ConfigMaps and Secrets of one moment, as a server's cache that no longer follows holds them. Immutable. */
final class StaleState {

    private final Map<Resource, Map<ObjectKey, StoredObject>> objects = new EnumMap<>(Resource.class);
    private final long revision;

    StaleState(ApiStore store) {
        long newest = 0;
        for (Resource resource : List.of(Resource.CONFIGMAPS, Resource.SECRETS)) {
            ListResult list = store.list(ListRequest.newest(Selection.of(resource, "")));
            Map<ObjectKey, StoredObject> byKey = new HashMap<>();
            list.items().forEach(object -> byKey.put(object.key(), object));
            objects.put(resource, byKey);
            newest = list.revision();
        }
        revision = newest;
    }

    /** The counter of that moment. */
    long revision() {
        return revision;
    }

    /** The state of one object, under the counter of that moment. */
    ListResult list(Resource resource, ObjectKey key) {
        StoredObject found = objects.getOrDefault(resource, Map.of()).get(key);
        return new ListResult(revision, found == null ? List.of() : List.of(found), "", 0);
    }
}
