package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.ListResult;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.StoredObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All ConfigMaps and Secrets of one moment, as a server's cache that no longer follows holds them. Immutable. */
final class StaleState {

    private final Map<Resource, ListResult> lists = new EnumMap<>(Resource.class);

    StaleState(ApiStore store) {
        for (Resource resource : List.of(Resource.CONFIGMAPS, Resource.SECRETS)) {
            lists.put(resource, store.list(ListRequest.newest(Selection.of(resource, ""))));
        }
    }

    /** The state of one object, under the counter of that moment. */
    ListResult list(Resource resource, ObjectKey key) {
        ListResult all = lists.getOrDefault(resource, new ListResult(0, List.of(), "", 0));
        List<StoredObject> found =
                all.items().stream().filter(object -> object.key().equals(key)).toList();
        return new ListResult(all.revision(), found, "", 0);
    }
}
