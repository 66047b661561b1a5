package dev.kubechurn.sim.apiserver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A short way between fabric8's model, trees and JSON for ConfigMaps and Secrets that have only what most of them have. A
 * simulated server passes hundreds of thousands of them, and the general way of an object mapper takes several times as long.
 * What is out of the ordinary it leaves to that one; what it does is the same to the last field. Safe from any thread.
 */
final class PlainObjects {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonMapper mapper;

    PlainObjects(JsonMapper mapper) {
        this.mapper = mapper;
    }

    // ---- from the model to a tree -------------------------------------------------------------------------------

    /** The object as a tree; empty when it is not plain. */
    Optional<ObjectNode> tree(HasMetadata object) {
        if (object.getMetadata() == null || !isPlain(object.getMetadata())) {
            return Optional.empty();
        }
        if (object instanceof ConfigMap configMap
                && configMap.getAdditionalProperties().isEmpty()) {
            ObjectNode tree = headed(object);
            putMap(tree, "binaryData", configMap.getBinaryData());
            putMap(tree, "data", configMap.getData());
            putFlag(tree, configMap.getImmutable());
            return Optional.of(tree);
        }
        if (object instanceof Secret secret && secret.getAdditionalProperties().isEmpty()) {
            ObjectNode tree = headed(object);
            putMap(tree, "data", secret.getData());
            putFlag(tree, secret.getImmutable());
            putMap(tree, "stringData", secret.getStringData());
            putText(tree, "type", secret.getType());
            return Optional.of(tree);
        }
        return Optional.empty();
    }

    private static boolean isPlain(ObjectMeta metadata) {
        return metadata.getDeletionGracePeriodSeconds() == null
                && metadata.getDeletionTimestamp() == null
                && metadata.getFinalizers().isEmpty()
                && metadata.getGenerateName() == null
                && metadata.getGeneration() == null
                && metadata.getManagedFields().isEmpty()
                && metadata.getOwnerReferences().isEmpty()
                && metadata.getSelfLink() == null
                && metadata.getAdditionalProperties().isEmpty();
    }

    private static ObjectNode headed(HasMetadata object) {
        ObjectNode tree = NODES.objectNode();
        putText(tree, "apiVersion", object.getApiVersion());
        putText(tree, "kind", object.getKind());
        ObjectMeta from = object.getMetadata();
        ObjectNode metadata = tree.putObject("metadata");
        putMap(metadata, "annotations", from.getAnnotations());
        putText(metadata, "creationTimestamp", from.getCreationTimestamp());
        putMap(metadata, "labels", from.getLabels());
        putText(metadata, "name", from.getName());
        putText(metadata, "namespace", from.getNamespace());
        putText(metadata, "resourceVersion", from.getResourceVersion());
        putText(metadata, "uid", from.getUid());
        return tree;
    }

    private static void putText(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static void putFlag(ObjectNode node, @Nullable Boolean immutable) {
        if (immutable != null) {
            node.put("immutable", immutable.booleanValue());
        }
    }

    private static void putMap(ObjectNode node, String field, @Nullable Map<String, String> values) {
        if (values != null && !values.isEmpty()) {
            ObjectNode map = node.putObject(field);
            values.forEach((key, value) -> map.put(key, value));
        }
    }

    // ---- from JSON to the model ---------------------------------------------------------------------------------

    /** Reads a stored ConfigMap or Secret; null when it is of another type or not plain. */
    <T extends HasMetadata> @Nullable T read(String json, Class<T> type) {
        if (type != ConfigMap.class && type != Secret.class) {
            return null;
        }
        try (JsonParser parser = mapper.createParser(json)) {
            @Nullable HasMetadata object = type == ConfigMap.class ? configMap(parser) : secret(parser);
            return type.cast(object);
        }
    }

    private static @Nullable ConfigMap configMap(JsonParser parser) {
        ConfigMap object = new ConfigMap();
        parser.nextToken();
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            boolean known = switch (field) {
                case "binaryData" -> {
                    Map<String, String> values = map(parser);
                    object.setBinaryData(values);
                    yield values != null;
                }
                case "data" -> {
                    Map<String, String> values = map(parser);
                    object.setData(values);
                    yield values != null;
                }
                default -> readCommon(parser, field, object);
            };
            if (!known) {
                return null;
            }
        }
        return object;
    }

    private static @Nullable Secret secret(JsonParser parser) {
        Secret object = new Secret();
        parser.nextToken();
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            boolean known = switch (field) {
                case "data" -> {
                    Map<String, String> values = map(parser);
                    object.setData(values);
                    yield values != null;
                }
                case "type" -> {
                    String value = text(parser);
                    object.setType(value);
                    yield value != null;
                }
                default -> readCommon(parser, field, object);
            };
            if (!known) {
                return null;
            }
        }
        return object;
    }

    /** Reads a field that both kinds have; false when neither has it, or its value is of another shape. */
    private static boolean readCommon(JsonParser parser, String field, HasMetadata object) {
        switch (field) {
            case "apiVersion", "kind" -> {
                String value = text(parser);
                return value != null && value.equals(field.equals("kind") ? object.getKind() : object.getApiVersion());
            }
            case "immutable" -> {
                JsonToken token = parser.nextToken();
                setImmutable(object, token == JsonToken.VALUE_TRUE);
                return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
            }
            case "metadata" -> {
                @Nullable ObjectMeta metadata = metadata(parser);
                object.setMetadata(metadata);
                return metadata != null;
            }
            default -> {
                return false;
            }
        }
    }

    private static void setImmutable(HasMetadata object, boolean immutable) {
        if (object instanceof ConfigMap configMap) {
            configMap.setImmutable(immutable);
        } else {
            ((Secret) object).setImmutable(immutable);
        }
    }

    private static @Nullable ObjectMeta metadata(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        ObjectMeta metadata = new ObjectMeta();
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            boolean mapped = field.equals("labels") || field.equals("annotations");
            boolean known = mapped ? readMap(parser, field, metadata) : readText(parser, field, metadata);
            if (!known) {
                return null;
            }
        }
        return metadata;
    }

    private static boolean readMap(JsonParser parser, String field, ObjectMeta metadata) {
        @Nullable Map<String, String> values = map(parser);
        if (field.equals("labels")) {
            metadata.setLabels(values);
        } else {
            metadata.setAnnotations(values);
        }
        return values != null;
    }

    private static boolean readText(JsonParser parser, String field, ObjectMeta metadata) {
        @Nullable String value = text(parser);
        switch (field) {
            case "creationTimestamp" -> metadata.setCreationTimestamp(value);
            case "name" -> metadata.setName(value);
            case "namespace" -> metadata.setNamespace(value);
            case "resourceVersion" -> metadata.setResourceVersion(value);
            case "uid" -> metadata.setUid(value);
            default -> {
                return false;
            }
        }
        return value != null;
    }

    private static @Nullable String text(JsonParser parser) {
        return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
    }

    private static @Nullable Map<String, String> map(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            @Nullable String value = text(parser);
            if (value == null) {
                return null;
            }
            values.put(key, value);
        }
        return values;
    }
}
