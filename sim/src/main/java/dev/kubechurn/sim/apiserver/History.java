package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.Function;

/** The latest writes, for replay: one {@link WatchCache} for each resource. Guarded by the store's lock. */
final class History {

    private final Map<Resource, WatchCache> caches = new EnumMap<>(Resource.class);

    History(ApiStore.Limits limits, long firstRevision, Function<Resource, ObjectTable> objects) {
        for (Resource resource : Resource.values()) {
            caches.put(resource, new WatchCache(limits, firstRevision, objects.apply(resource)));
        }
    }

    /** What happened to a resource after this revision is known, what happened up to it is not. */
    long compactedRevision(Resource resource) {
        return cache(resource).compactedRevision();
    }

    void append(StoreEvent event, long nowNanos) {
        cache(event.object().resource()).append(event, nowNanos);
    }

    /** Forgets everything up to a revision. */
    void compact(long revision) {
        caches.values().forEach(cache -> cache.compact(revision));
    }

    /** The events after a revision that can matter to the selection, oldest first. */
    List<StoreEvent> after(long revision, Selection selection) {
        return cache(selection.resource()).after(revision, selection);
    }

    /** Takes back in {@code state}, which is the present one, what happened to a resource after a revision. */
    void undo(Resource resource, long revision, NavigableMap<ObjectKey, StoredObject> state) {
        cache(resource).undo(revision, state);
    }

    private WatchCache cache(Resource resource) {
        return Objects.requireNonNull(caches.get(resource));
    }
}
