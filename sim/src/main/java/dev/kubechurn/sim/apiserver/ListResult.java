package dev.kubechurn.sim.apiserver;

import java.util.List;

/**
 * The answer to a list: a consistent state of the store.
 *
 * @param revision the resourceVersion of the state
 * @param items in the order of namespace and name
 * @param continueToken where to go on; empty when nothing is left
 * @param remainingItems how many are left; -1 when unknown, as with selectors
 */
public record ListResult(long revision, List<StoredObject> items, String continueToken, long remainingItems) {

    public ListResult {
        items = List.copyOf(items);
    }
}
