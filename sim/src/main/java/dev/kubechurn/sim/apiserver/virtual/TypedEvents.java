package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.ObjectCodec;
import dev.kubechurn.sim.apiserver.Resource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Events and bookmarks as core takes them, made once and shared by all watches. For the scheduler's thread. */
final class TypedEvents {

    private final ObjectCodec codec;
    private final Map<Resource, HeldBookmark> bookmarks = new EnumMap<>(Resource.class);

    /** A commit's event is handed to all its watches one after the other. */
    private @Nullable HeldEvent last;

    TypedEvents(ObjectCodec codec) {
        this.codec = codec;
    }

    private record HeldEvent(long revision, String type, WatchEvent event) {}

    private record HeldBookmark(long revision, WatchEvent event) {}

    /** An event about an object as core takes it. */
    WatchEvent event(EncodedEvent encoded, Resource resource, ObjectKind<?> kind) {
        if (encoded.endsInitialEvents()) {
            HasMetadata end = emptyAt(resource, encoded.revision());
            end.getMetadata().setAnnotations(Map.of(WatchEvent.Bookmark.INITIAL_EVENTS_END, "true"));
            return new WatchEvent.Bookmark(end);
        }
        if (encoded.type().equals("BOOKMARK")) {
            return bookmark(resource, encoded.revision());
        }
        HeldEvent held = last;
        if (held != null && held.revision == encoded.revision() && held.type.equals(encoded.type())) {
            return held.event;
        }
        HasMetadata object = codec.shared(Objects.requireNonNull(encoded.object()), kind.type());
        WatchEvent event = switch (encoded.type()) {
            case "ADDED" -> new WatchEvent.Added(object);
            case "MODIFIED" -> new WatchEvent.Modified(object);
            case "DELETED" -> new WatchEvent.Deleted(object);
            default -> throw new IllegalStateException("unexpected event type " + encoded.type());
        };
        last = new HeldEvent(encoded.revision(), encoded.type(), event);
        return event;
    }

    /** A bookmark as core takes it. */
    WatchEvent bookmark(Resource resource, long revision) {
        HeldBookmark held = bookmarks.get(resource);
        if (held == null || held.revision != revision) {
            held = new HeldBookmark(revision, new WatchEvent.Bookmark(emptyAt(resource, revision)));
            bookmarks.put(resource, held);
        }
        return held.event;
    }

    private static HasMetadata emptyAt(Resource resource, long revision) {
        HasMetadata object = resource == Resource.SECRETS ? new Secret() : new ConfigMap();
        ObjectMeta metadata = new ObjectMeta();
        metadata.setResourceVersion(Long.toString(revision));
        object.setMetadata(metadata);
        return object;
    }
}
