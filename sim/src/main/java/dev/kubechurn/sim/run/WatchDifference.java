package dev.kubechurn.sim.run;

import dev.kubechurn.sim.metrics.ObjectId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the open watches are not those that the nodes need.
 *
 * @param surplus the objects with more of them
 * @param missing the objects with fewer of them
 */
record WatchDifference(SortedMap<ObjectId, Counts> surplus, SortedMap<ObjectId, Counts> missing) {

    /** The watches of one object. */
    record Counts(int open, int needed) {}

    static WatchDifference between(Map<ObjectId, Integer> open, Map<ObjectId, Integer> needed) {
        SortedMap<ObjectId, Counts> surplus = new TreeMap<>();
        SortedMap<ObjectId, Counts> missing = new TreeMap<>();
        open.forEach((id, count) -> {
            int wanted = needed.getOrDefault(id, 0);
            if (count > wanted) {
                surplus.put(id, new Counts(count, wanted));
            }
        });
        needed.forEach((id, wanted) -> {
            int count = open.getOrDefault(id, 0);
            if (count < wanted) {
                missing.put(id, new Counts(count, wanted));
            }
        });
        return new WatchDifference(surplus, missing);
    }

    /** How many watches are missing in all. */
    int missingWatches() {
        return missing.values().stream()
                .mapToInt(counts -> counts.needed() - counts.open())
                .sum();
    }
}
