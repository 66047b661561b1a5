package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.Map;

/**
 * One version of one object, encoded once and shared by get, list and every watch. Immutable.
 *
 * @param revision its resourceVersion
 * @param json the whole object as compact JSON
 * @param utf8Bytes the length of {@code json} in UTF-8
 * @param contentHash the hash of the content without its resourceVersion: equal contents have equal hashes
 */
public record StoredObject(
        Resource resource,
        ObjectKey key,
        long revision,
        String json,
        int utf8Bytes,
        String uid,
        String creationTimestamp,
        Map<String, String> labels,
        boolean immutable,
        int contentHash) {

    public StoredObject {
        labels = Map.copyOf(labels);
    }

    /** The revision as objects carry it. */
    public String resourceVersion() {
        return Long.toString(revision);
    }

    /** Which object in which version; never its content, which may be secret. */
    @Override
    public String toString() {
        return resource.plural() + " " + key + " at " + revision;
    }
}
