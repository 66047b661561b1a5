package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The way between JSON text, node trees, fabric8's model and stored objects. Safe from any thread. */
public final class ObjectCodec {

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ModelMapper model = new ModelMapper();
    private final PlainObjects plain = new PlainObjects(mapper);

    /**
     * Reads one JSON object.
     *
     * @throws ApiStatusException 400 saying where, but not what: the text may be secret
     */
    public ObjectNode parse(byte[] utf8) {
        JsonNode node;
        try {
            node = mapper.readTree(utf8);
        } catch (JacksonException unreadable) {
            TokenStreamLocation at = unreadable.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw ApiStatusException.badRequest("the body of the request is not JSON" + where);
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ApiStatusException.badRequest("the body of the request is not a JSON object");
    }

    /** The stored version as fabric8's model, made anew at each call. */
    public <T extends HasMetadata> T typed(StoredObject object, Class<T> type) {
        @Nullable T read = plain.read(object.json(), type);
        return read == null ? model.read(object.json(), type) : read;
    }

    /**
     * The stored version as fabric8's model, made once and shared by all who get it, so that nobody may change it. It is
     * forgotten when the next version is committed.
     */
    public <T extends HasMetadata> T shared(StoredObject object, Class<T> type) {
        HasMetadata known = object.model();
        if (known == null) {
            known = typed(object, type);
            shareTexts(known.getMetadata(), object.key());
            object.remember(known);
        }
        return type.cast(known);
    }

    /** Has the model use the key's own strings: who compares them need not look at the letters. */
    private static void shareTexts(ObjectMeta metadata, ObjectKey key) {
        metadata.setName(key.name());
        if (!key.namespace().isEmpty()) {
            metadata.setNamespace(key.namespace());
        }
    }

    ObjectNode tree(HasMetadata object) {
        return plain.tree(object).orElseGet(() -> model.convertValue(object, ObjectNode.class));
    }

    /** The stored version as a tree, made anew at each call. */
    public ObjectNode tree(StoredObject object) {
        return (ObjectNode) mapper.readTree(object.json());
    }

    /** An object without content, for comparisons that need none. */
    ObjectNode empty() {
        return mapper.createObjectNode();
    }

    /** Whether an object, still without resourceVersion, says what the stored version says. */
    boolean sameContent(ObjectNode object, StoredObject stored) {
        ObjectNode other = tree(stored);
        ((ObjectNode) other.get("metadata")).remove("resourceVersion");
        return object.equals(other);
    }

    /** Encodes a complete object in the version that a revision gives it; the tree is changed and not kept. */
    StoredObject encode(Resource resource, ObjectKey key, ObjectNode object, long revision, int contentHash) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.put("resourceVersion", Long.toString(revision));
        String json = mapper.writeValueAsString(object);
        return new StoredObject(
                resource,
                key,
                revision,
                json,
                Utf8.length(json),
                text(metadata, "uid"),
                text(metadata, "creationTimestamp"),
                labels(metadata),
                isImmutable(object),
                contentHash);
    }

    /** The same content under a later revision, as DELETED events carry it. */
    StoredObject restamp(StoredObject object, long revision) {
        return encode(object.resource(), object.key(), tree(object), revision, object.contentHash());
    }

    /** The field's text; empty when it is absent or no text. */
    static String text(ObjectNode node, String field) {
        @Nullable JsonNode value = node.get(field);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    static boolean isImmutable(ObjectNode object) {
        @Nullable JsonNode value = object.get("immutable");
        return value != null && value.isBoolean() && value.booleanValue();
    }

    private static Map<String, String> labels(ObjectNode metadata) {
        if (!(metadata.get("labels") instanceof ObjectNode node) || node.isEmpty()) {
            return Map.of();
        }
        Map<String, String> labels = new HashMap<>();
        node.properties()
                .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asString("")));
        return labels;
    }

    /**
     * Refuses what the type of the object does not know, as a typed server does with {@code fieldValidation=Strict}.
     *
     * @throws ApiStatusException 400 naming the field
     */
    public void requireKnownFields(Resource resource, ObjectNode object) {
        KnownFields.require(resource, object);
    }

    /** Reads fabric8's model as fabric8 does, but text without a detour over a stream that might be YAML. */
    private static final class ModelMapper extends KubernetesSerialization {

        /** Set within the super constructor. */
        private @Nullable ObjectMapper configured;

        ModelMapper() {
            super(JsonMapper.builder().build(), false);
        }

        @Override
        protected ObjectMapper configureMapper(ObjectMapper mapper) {
            ObjectMapper own = super.configureMapper(mapper);
            configured = own;
            return own;
        }

        <T> T read(String json, Class<T> type) {
            return Objects.requireNonNull(configured).readValue(json, type);
        }
    }
}
