package dev.kubechurn.core.fabric8;

import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.runtime.RawExtension;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON with the client's own mapper. Everything but a JSON object is turned away first, because that mapper would
 * take it for YAML. No message of a parser is passed on: it may quote the object. Safe from any thread.
 */
final class ObjectReader {

    private final KubernetesSerialization serialization;

    ObjectReader(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    /**
     * Reads a list.
     *
     * @throws UnreadableException if it is none of that kind, or has no resourceVersion to watch from
     */
    <T extends HasMetadata> KubernetesResourceList<T> list(byte[] json, ApiResource<T> kind) {
        KubernetesResourceList<T> list = read(json, kind.listType(), "a " + kind.listKind());
        // A body of another kind would read as an empty list, and an empty list means: the object is gone.
        if (!kind.listKind().equals(kind.kindOfList().apply(list)) || list.getItems() == null) {
            throw new UnreadableException("the response is not a " + kind.listKind());
        }
        if (list.getMetadata() == null || list.getMetadata().getResourceVersion() == null) {
            throw new UnreadableException("the " + kind.listKind() + " has no resourceVersion");
        }
        if (list.getItems().stream().anyMatch(item -> item == null || item.getMetadata() == null)) {
            throw new UnreadableException("the " + kind.listKind() + " has an item without metadata");
        }
        return list;
    }

    /**
     * Reads one object.
     *
     * @throws UnreadableException if it is none of that kind
     */
    <T extends HasMetadata> T object(byte[] json, ApiResource<T> kind) {
        T object = read(json, kind.type(), "a " + kind.kind());
        if (!kind.kind().equals(object.getKind()) || object.getMetadata() == null) {
            throw new UnreadableException("the response is not a " + kind.kind());
        }
        return object;
    }

    /** Reads the body of a refusal; null if it is no Status. */
    @Nullable
    Status status(byte[] json) {
        try {
            Status status = read(json, Status.class, "a Status");
            return "Status".equals(status.getKind()) ? status : null;
        } catch (UnreadableException e) {
            return null;
        }
    }

    /**
     * Reads a message of a watch; null if it is to be skipped, because its object has no metadata of its kind (R13).
     *
     * @throws UnreadableException if it is no watch event
     */
    @Nullable
    WatchEvent event(String json) {
        return event(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, of a line of a watch. */
    @Nullable
    WatchEvent event(byte[] json) {
        var event = read(json, io.fabric8.kubernetes.api.model.WatchEvent.class, "a watch event");
        String type = event.getType() == null ? "" : event.getType();
        Object object = event.getObject();
        if (type.equals("ERROR")) {
            return new WatchEvent.Failure(Failures.ofEvent(object instanceof Status status ? status : null));
        }
        if (object == null || object instanceof RawExtension) {
            throw new UnreadableException("the watch event has no object");
        }
        return object instanceof HasMetadata known ? event(type, known) : null;
    }

    private static WatchEvent event(String type, HasMetadata object) {
        if (object.getMetadata() == null) {
            throw new UnreadableException("the watch event's object has no metadata");
        }
        return switch (type) {
            case "ADDED" -> new WatchEvent.Added(object);
            case "MODIFIED" -> new WatchEvent.Modified(object);
            case "DELETED" -> new WatchEvent.Deleted(object);
            case "BOOKMARK" -> new WatchEvent.Bookmark(object);
            default -> throw new UnreadableException("the watch event has an unknown type");
        };
    }

    private <V> V read(byte[] json, Class<V> type, String what) {
        if (!isObject(json)) {
            throw new UnreadableException("the response is not JSON: expected " + what);
        }
        V value;
        try {
            value = serialization.unmarshal(new ByteArrayInputStream(json), type);
        } catch (RuntimeException e) {
            throw new UnreadableException("cannot parse the response as " + what);
        }
        if (value == null) {
            throw new UnreadableException("the response is empty: expected " + what);
        }
        return value;
    }

    private static boolean isObject(byte[] json) {
        for (byte b : json) {
            if (!Character.isWhitespace(b)) {
                return b == '{';
            }
        }
        return false;
    }
}
