package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.metrics.ObjectId;
import java.util.HashMap;
import java.util.Map;

/** Counts the watches that a store holds open, for each object. */
final class StoreWatches {

    private StoreWatches() {}

    static Map<ObjectId, Integer> of(ApiStore store) {
        Map<ObjectId, Integer> open = new HashMap<>();
        store.openWatchCounts().forEach((watch, count) -> {
            ObjectKey key = new ObjectKey(watch.namespace(), watch.name().orElse("*"));
            open.merge(new ObjectId(watch.resource().plural(), key), count, Integer::sum);
        });
        return open;
    }
}
