package dev.kubechurn.sim.apiserver;

import org.jspecify.annotations.Nullable;

/**
 * One watch event as it goes over the wire, encoded once and shared among watches. Immutable.
 *
 * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}
 * @param revision the resourceVersion of the object inside; 0 for {@code ERROR}
 * @param text {@code {"type":…,"object":…}}
 * @param utf8Bytes the length of {@code text} in UTF-8
 * @param object the object inside; null for {@code BOOKMARK} and {@code ERROR}
 * @param endsInitialEvents whether it is the bookmark behind the initial events of a watch that lists
 */
public record EncodedEvent(
        String type,
        long revision,
        String text,
        int utf8Bytes,
        @Nullable StoredObject object,
        boolean endsInitialEvents) {

    private static final String HEAD = "{\"type\":\"";
    private static final String MIDDLE = "\",\"object\":";
    private static final String TAIL = "}";

    static EncodedEvent of(String type, long revision, String json, int jsonUtf8Bytes) {
        return of(type, revision, json, jsonUtf8Bytes, null, false);
    }

    /** Whether it only names a version. */
    public boolean isBookmark() {
        return type.equals("BOOKMARK");
    }

    /** The bookmark behind the initial events of a watch that lists. */
    static EncodedEvent endOfInitialEvents(long revision, String json) {
        return of("BOOKMARK", revision, json, json.length(), null, true);
    }

    static EncodedEvent of(ChangeType type, StoredObject object) {
        return of(type.name(), object.revision(), object.json(), object.utf8Bytes(), object, false);
    }

    private static EncodedEvent of(
            String type,
            long revision,
            String json,
            int jsonUtf8Bytes,
            @Nullable StoredObject object,
            boolean endsInitialEvents) {
        int frame = HEAD.length() + type.length() + MIDDLE.length() + TAIL.length();
        return new EncodedEvent(
                type, revision, HEAD + type + MIDDLE + json + TAIL, frame + jsonUtf8Bytes, object, endsInitialEvents);
    }

    /** The event that ends a watch with an error. */
    public static EncodedEvent error(ApiStatusException error) {
        String status = error.statusJson();
        return of("ERROR", 0, status, Utf8.length(status));
    }

    /** Type and version; never the content, which may be secret. */
    @Override
    public String toString() {
        return type + " at " + revision;
    }
}
