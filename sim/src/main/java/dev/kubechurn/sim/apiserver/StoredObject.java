package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One version of one object, encoded once and shared by get, list and every watch. Immutable, as it shows. */
public final class StoredObject {

    private final Resource resource;
    private final ObjectKey key;
    private final long revision;
    private final String json;
    private final int utf8Bytes;
    private final String uid;
    private final String creationTimestamp;
    private final Map<String, String> labels;
    private final boolean immutable;
    private final int contentHash;

    /** In fabric8's model, once somebody has read it so. */
    private volatile @Nullable HasMetadata model;

    /**
     * @param revision its resourceVersion
     * @param json the whole object as compact JSON
     * @param utf8Bytes the length of {@code json} in UTF-8
     * @param contentHash the hash of the content without its resourceVersion: equal contents have equal hashes
     */
    StoredObject(
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
        this.resource = resource;
        this.key = key;
        this.revision = revision;
        this.json = json;
        this.utf8Bytes = utf8Bytes;
        this.uid = uid;
        this.creationTimestamp = creationTimestamp;
        this.labels = Map.copyOf(labels);
        this.immutable = immutable;
        this.contentHash = contentHash;
    }

    public Resource resource() {
        return resource;
    }

    public ObjectKey key() {
        return key;
    }

    /** Its resourceVersion. */
    public long revision() {
        return revision;
    }

    /** The revision as objects carry it. */
    public String resourceVersion() {
        return Long.toString(revision);
    }

    /** The whole object as compact JSON. */
    public String json() {
        return json;
    }

    /** The length of {@link #json} in UTF-8. */
    public int utf8Bytes() {
        return utf8Bytes;
    }

    public String uid() {
        return uid;
    }

    public String creationTimestamp() {
        return creationTimestamp;
    }

    public Map<String, String> labels() {
        return labels;
    }

    public boolean immutable() {
        return immutable;
    }

    int contentHash() {
        return contentHash;
    }

    /** The object in fabric8's model, if it is remembered. */
    @Nullable
    HasMetadata model() {
        return model;
    }

    /** Remembers the object in fabric8's model; null: no longer. */
    void remember(@Nullable HasMetadata read) {
        model = read;
    }

    /** Which object in which version; never its content, which may be secret. */
    @Override
    public String toString() {
        return resource.plural() + " " + key + " at " + revision;
    }
}
