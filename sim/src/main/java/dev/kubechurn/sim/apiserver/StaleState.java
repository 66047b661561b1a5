package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All ConfigMaps and Secrets of one moment, as a server's cache that no longer follows holds them. Immutable. */
public final class StaleState {

    /** The version of reads that any state will do for. */
    private static final String ANY = "0";

    private final Map<Resource, NavigableMap<ObjectKey, StoredObject>> objects;
    private final long revision;

    private StaleState(Map<Resource, NavigableMap<ObjectKey, StoredObject>> objects, long revision) {
        this.objects = objects;
        this.revision = revision;
    }

    /** The state of now. Under the store's lock: its parts have to be of one moment. */
    static StaleState of(ApiStore store) {
        Map<Resource, NavigableMap<ObjectKey, StoredObject>> objects = new EnumMap<>(Resource.class);
        for (Resource resource : List.of(Resource.CONFIGMAPS, Resource.SECRETS)) {
            NavigableMap<ObjectKey, StoredObject> byKey = new TreeMap<>();
            store.list(ListRequest.newest(Selection.of(resource, "")))
                    .items()
                    .forEach(object -> byKey.put(object.key(), object));
            objects.put(resource, byKey);
        }
        return new StaleState(objects, store.revision());
    }

    /** The counter of that moment. */
    public long revision() {
        return revision;
    }

    /**
     * The object as it was, if a get of this version may be answered from here.
     *
     * @throws ApiStatusException 404 if it may, and there was no such object
     */
    public Optional<StoredObject> get(Resource resource, ObjectKey key, String resourceVersion) {
        NavigableMap<ObjectKey, StoredObject> present = objects.get(resource);
        if (present == null || !resourceVersion.equals(ANY)) {
            return Optional.empty();
        }
        @Nullable StoredObject object = present.get(key);
        if (object == null) {
            throw ApiStatusException.notFound(resource, key.name());
        }
        return Optional.of(object);
    }

    /** What was selected by then, under the counter of that moment, if the list may be answered from here. */
    public Optional<ListResult> list(ListRequest request) {
        Selection selection = request.selection();
        NavigableMap<ObjectKey, StoredObject> present = objects.get(selection.resource());
        if (present == null || !allowsAnyState(request)) {
            return Optional.empty();
        }
        return Optional.of(new ListResult(revision, selected(present, selection), "", -1));
    }

    /** As in a kube-apiserver such a list has no limit: a cache answers with all that it has. */
    private static boolean allowsAnyState(ListRequest request) {
        return request.resourceVersion().equals(ANY)
                && request.continueToken().isEmpty()
                && (request.match().isEmpty() || request.match().equals("NotOlderThan"));
    }

    private static List<StoredObject> selected(NavigableMap<ObjectKey, StoredObject> present, Selection selection) {
        @Nullable ObjectKey exact = selection.exactKey();
        if (exact != null) {
            @Nullable StoredObject object = present.get(exact);
            return object != null && selection.matches(object) ? List.of(object) : List.of();
        }
        List<StoredObject> items = new ArrayList<>();
        for (StoredObject object : present.values()) {
            if (selection.matches(object)) {
                items.add(object);
            }
        }
        return items;
    }
}
