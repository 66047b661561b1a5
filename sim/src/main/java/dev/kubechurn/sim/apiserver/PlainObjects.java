package dev.kubechurn.sim.apiserver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
            parser.nextToken();
            @Nullable
            HasMetadata object = type == ConfigMap.class
                    ? fields(parser, new ConfigMap(), PlainObjects::readConfigMap)
                    : fields(parser, new Secret(), PlainObjects::readSecret);
            return type.cast(object);
        }
    }

    /** Reads one field into an object; false when it does not have it, or the value is of another shape. */
    private interface FieldReader<O> {
        boolean read(JsonParser parser, String field, O object);
    }

    /** Reads the rest of a JSON object; null when there is more in it than the reader knows. */
    private static <O> @Nullable O fields(JsonParser parser, O object, FieldReader<O> reader) {
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            if (!reader.read(parser, field, object)) {
                return null;
            }
        }
        return object;
    }

    private static boolean readConfigMap(JsonParser parser, String field, ConfigMap object) {
        return switch (field) {
            case "binaryData" -> take(map(parser), object::setBinaryData);
            case "data" -> take(map(parser), object::setData);
            case "immutable" -> take(flag(parser), object::setImmutable);
            default -> readHead(parser, field, object);
        };
    }

    private static boolean readSecret(JsonParser parser, String field, Secret object) {
        return switch (field) {
            case "data" -> take(map(parser), object::setData);
            case "immutable" -> take(flag(parser), object::setImmutable);
            case "type" -> take(text(parser), object::setType);
            default -> readHead(parser, field, object);
        };
    }

    private static boolean readHead(JsonParser parser, String field, HasMetadata object) {
        return switch (field) {
            case "apiVersion" -> object.getApiVersion().equals(text(parser));
            case "kind" -> object.getKind().equals(text(parser));
            case "metadata" -> take(metadata(parser), object::setMetadata);
            default -> false;
        };
    }

    private static @Nullable ObjectMeta metadata(JsonParser parser) {
        return parser.nextToken() == JsonToken.START_OBJECT
                ? fields(parser, new ObjectMeta(), PlainObjects::readMetadata)
                : null;
    }

    private static boolean readMetadata(JsonParser parser, String field, ObjectMeta metadata) {
        return switch (field) {
            case "annotations" -> take(map(parser), metadata::setAnnotations);
            case "creationTimestamp" -> take(text(parser), metadata::setCreationTimestamp);
            case "labels" -> take(map(parser), metadata::setLabels);
            case "name" -> take(text(parser), metadata::setName);
            case "namespace" -> take(text(parser), metadata::setNamespace);
            case "resourceVersion" -> take(text(parser), metadata::setResourceVersion);
            case "uid" -> take(text(parser), metadata::setUid);
            default -> false;
        };
    }

    private static <V> boolean take(@Nullable V value, Consumer<V> setter) {
        if (value == null) {
            return false;
        }
        setter.accept(value);
        return true;
    }

    private static @Nullable String text(JsonParser parser) {
        return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
    }

    private static @Nullable Boolean flag(JsonParser parser) {
        return switch (parser.nextToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static @Nullable Map<String, String> map(JsonParser parser) {
        return parser.nextToken() == JsonToken.START_OBJECT
                ? fields(parser, new LinkedHashMap<>(), PlainObjects::readEntry)
                : null;
    }

    private static boolean readEntry(JsonParser parser, String key, Map<String, String> values) {
        return take(text(parser), value -> values.put(key, value));
    }
}
