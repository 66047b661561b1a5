package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.ObjectCodec;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.StoredObject;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of each object in fabric8's model, read from its JSON once and shared by all who get it, since
 * nobody may change it; so are the events and the bookmarks about them. For the scheduler's thread.
 */
final class TypedObjects {

    private final ObjectCodec codec;
    private final Map<Resource, Map<ObjectKey, HeldVersion>> newest = new EnumMap<>(Resource.class);
    private final Map<Resource, HeldBookmark> bookmarks = new EnumMap<>(Resource.class);

    /** A commit's event is handed to all its watches one after the other. */
    private @Nullable HeldEvent last;

    TypedObjects(ObjectCodec codec) {
        this.codec = codec;
        for (Resource resource : Resource.values()) {
            newest.put(resource, new HashMap<>());
        }
    }

    private record HeldVersion(long revision, HasMetadata object) {}

    private record HeldEvent(long revision, String type, WatchEvent event) {}

    private record HeldBookmark(long revision, WatchEvent event) {}

    <T extends HasMetadata> T of(StoredObject object, Class<T> type) {
        HasMetadata known = known(object.resource(), object.key(), object.revision());
        if (known == null) {
            known = codec.typed(object, type);
            hold(object.resource(), object.key(), object.revision(), known);
        }
        return type.cast(known);
    }

    /** An event about an object as core takes it. */
    WatchEvent event(EncodedEvent encoded, Resource resource, ObjectKey key, ObjectKind<?> kind) {
        if (encoded.type().equals("BOOKMARK")) {
            return bookmark(resource, encoded.revision());
        }
        HeldEvent held = last;
        if (held != null && held.revision == encoded.revision() && held.type.equals(encoded.type())) {
            return held.event;
        }
        HasMetadata object = known(resource, key, encoded.revision());
        if (object == null) {
            object = codec.typed(encoded, kind.type());
            hold(resource, key, encoded.revision(), object);
        }
        WatchEvent event = switch (encoded.type()) {
            case "ADDED" -> new WatchEvent.Added(object);
            case "MODIFIED" -> new WatchEvent.Modified(object);
            case "DELETED" -> new WatchEvent.Deleted(object);
            default -> throw new IllegalStateException("the store sent an event of type " + encoded.type());
        };
        last = new HeldEvent(encoded.revision(), encoded.type(), event);
        return event;
    }

    /** A bookmark as core takes it. */
    WatchEvent bookmark(Resource resource, long revision) {
        HeldBookmark held = bookmarks.get(resource);
        if (held == null || held.revision != revision) {
            HasMetadata object = resource == Resource.SECRETS ? new Secret() : new ConfigMap();
            ObjectMeta metadata = new ObjectMeta();
            metadata.setResourceVersion(Long.toString(revision));
            object.setMetadata(metadata);
            held = new HeldBookmark(revision, new WatchEvent.Bookmark(object));
            bookmarks.put(resource, held);
        }
        return held.event;
    }

    private @Nullable HasMetadata known(Resource resource, ObjectKey key, long revision) {
        HeldVersion known = versions(resource).get(key);
        return known != null && known.revision == revision ? known.object : null;
    }

    private void hold(Resource resource, ObjectKey key, long revision, HasMetadata object) {
        versions(resource)
                .merge(
                        key,
                        new HeldVersion(revision, object),
                        (known, now) -> known.revision < now.revision ? now : known);
    }

    private Map<ObjectKey, HeldVersion> versions(Resource resource) {
        return Objects.requireNonNull(newest.get(resource));
    }
}
