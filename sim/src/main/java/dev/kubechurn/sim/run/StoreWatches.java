package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.OpenWatch;
import dev.kubechurn.sim.metrics.ObjectId;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the watches that a store holds open, for each object. */
final class StoreWatches {

    private StoreWatches() {}

    static SortedMap<ObjectId, Integer> of(ApiStore store) {
        SortedMap<ObjectId, Integer> open = new TreeMap<>();
        for (OpenWatch watch : store.openWatches()) {
            ObjectKey key = new ObjectKey(watch.namespace(), watch.name().orElse("*"));
            open.merge(new ObjectId(watch.resource().plural(), key), 1, Integer::sum);
        }
        return open;
    }
}
