package dev.kubechurn.sim.apiserver;

import dev.kubechurn.sim.apiserver.ApiStatusException.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API server checks and completes in an object before it stores it. Stateless. Shapes that a typed server could
 * not decode are 400 BadRequest, values that it would not accept 422 Invalid.
 */
final class Admission {

    /** The most bytes that the values of one ConfigMap or Secret may have together. */
    static final int MAX_DATA_BYTES = 1_048_576;

    private static final int MAX_KEY_LENGTH = 253;
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final String IMMUTABLE = "Forbidden: field is immutable when `immutable` is set";

    private final Resource resource;
    private final ObjectNode object;
    private final ObjectNode metadata;
    private final String name;
    private final List<Cause> causes = new ArrayList<>();
    private long dataBytes;

    private Admission(Resource resource, ObjectNode object) {
        this.resource = resource;
        this.object = object;
        this.metadata = metadata(object);
        this.name = ObjectCodec.text(metadata, "name");
    }

    /** Completes and checks an object that is to be created. */
    static void create(Resource resource, ObjectNode object) {
        Admission admission = new Admission(resource, object);
        admission.checkName();
        admission.checkNamespace();
        admission.checkContent();
        admission.refuseIfInvalid();
    }

    /** Completes and checks an object that is to take the place of an older version. */
    static void update(Resource resource, ObjectNode object, ObjectNode older) {
        Admission admission = new Admission(resource, object);
        admission.checkContent();
        admission.checkChange(older);
        admission.refuseIfInvalid();
    }

    /** The object's metadata, made if it has none. */
    static ObjectNode metadata(ObjectNode object) {
        @Nullable ObjectNode present = map(object, "metadata");
        return present == null ? object.putObject("metadata") : present;
    }

    /** Sets kind and namespace where they are missing, and refuses others; returns the metadata. */
    static ObjectNode complete(Resource resource, String namespace, ObjectNode object) {
        requireOrSet(object, "apiVersion", "v1");
        requireOrSet(object, "kind", resource.kind());
        ObjectNode metadata = metadata(object);
        if (resource.namespaced()) {
            if (namespace.isEmpty()) {
                throw ApiStatusException.badRequest(resource.plural() + " require a namespace");
            }
            requireOrSet(metadata, "namespace", namespace);
        } else {
            metadata.remove("namespace");
        }
        return metadata;
    }

    private static void requireOrSet(ObjectNode node, String field, String value) {
        String present = ObjectCodec.text(node, field);
        if (present.isEmpty()) {
            node.put(field, value);
        } else if (!present.equals(value)) {
            throw ApiStatusException.badRequest(
                    "the object's " + field + " is " + present + ", but the request is about " + value);
        }
    }

    private void checkName() {
        if (name.isEmpty()) {
            causes.add(new Cause(
                    "FieldValueRequired", "Required value: name or generateName is required", "metadata.name"));
        } else if (!resource.nameRule().allows(name)) {
            String message = "Invalid value: \"" + name + "\": must be "
                    + resource.nameRule().description();
            causes.add(new Cause("FieldValueInvalid", message, "metadata.name"));
        }
    }

    private void checkNamespace() {
        String namespace = ObjectCodec.text(metadata, "namespace");
        if (resource.namespaced() && !Resource.NAMESPACES.nameRule().allows(namespace)) {
            String message = "Invalid value: \"" + namespace + "\": must be "
                    + Resource.NAMESPACES.nameRule().description();
            causes.add(new Cause("FieldValueInvalid", message, "metadata.namespace"));
        }
    }

    private void checkContent() {
        checkStrings(map(metadata, "labels"), "metadata.labels");
        checkStrings(map(metadata, "annotations"), "metadata.annotations");
        if (resource == Resource.CONFIGMAPS) {
            checkPlainValues(map(object, "data"));
            checkBinaryValues("binaryData", map(object, "data"));
        } else if (resource == Resource.SECRETS) {
            takeStringData();
            if (ObjectCodec.text(object, "type").isEmpty()) {
                object.put("type", "Opaque");
            }
            checkBinaryValues("data", null);
        } else {
            return;
        }
        checkImmutableFlag();
        if (dataBytes > MAX_DATA_BYTES) {
            String message = "Too long: must have at most " + MAX_DATA_BYTES + " bytes";
            causes.add(new Cause("FieldValueTooLong", message, resource == Resource.SECRETS ? "data" : "[]"));
        }
    }

    private void checkPlainValues(@Nullable ObjectNode data) {
        checkStrings(data, "data");
        if (data == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            checkKey("data", entry.getKey());
            dataBytes += Utf8.length(entry.getValue().stringValue());
        }
    }

    private void checkBinaryValues(String field, @Nullable ObjectNode alsoTaken) {
        @Nullable ObjectNode data = map(object, field);
        checkStrings(data, field);
        if (data == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            checkKey(field, entry.getKey());
            if (alsoTaken != null && alsoTaken.has(entry.getKey())) {
                String path = "data[" + entry.getKey() + "]";
                causes.add(new Cause("FieldValueInvalid", "Invalid value: duplicate of key in binaryData", path));
            }
            dataBytes += decodedLength(field, entry);
        }
    }

    /** Line breaks within base64 are no error and are not kept, as in a typed server. */
    private static int decodedLength(String field, Map.Entry<String, JsonNode> entry) {
        String text = entry.getValue().stringValue();
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            text = text.replaceAll("[\\r\\n]", "");
            entry.setValue(JsonNodeFactory.instance.stringNode(text));
        }
        try {
            return Base64.getDecoder().decode(text).length;
        } catch (IllegalArgumentException notBase64) {
            throw ApiStatusException.badRequest(field + "[" + entry.getKey() + "] is not base64");
        }
    }

    private void checkKey(String field, String key) {
        if (key.length() > MAX_KEY_LENGTH
                || key.equals(".")
                || key.startsWith("..")
                || !KEY.matcher(key).matches()) {
            String message = "Invalid value: a key must consist of letters, digits, '-', '_' or '.', have at most "
                    + MAX_KEY_LENGTH + " characters, not be '.' and not start with '..'";
            causes.add(new Cause("FieldValueInvalid", message, field + "[" + key + "]"));
        }
    }

    /** The write-only stringData of a Secret goes into data and wins over what is there. */
    private void takeStringData() {
        @Nullable ObjectNode stringData = map(object, "stringData");
        checkStrings(stringData, "stringData");
        object.remove("stringData");
        if (stringData == null || stringData.isEmpty()) {
            return;
        }
        @Nullable ObjectNode present = map(object, "data");
        ObjectNode data = present == null ? object.putObject("data") : present;
        for (Map.Entry<String, JsonNode> entry : stringData.properties()) {
            byte[] bytes = entry.getValue().stringValue().getBytes(StandardCharsets.UTF_8);
            data.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
        }
    }

    private void checkImmutableFlag() {
        @Nullable JsonNode flag = object.get("immutable");
        if (flag != null && flag.isNull()) {
            object.remove("immutable");
        } else if (flag != null && !flag.isBoolean()) {
            throw ApiStatusException.badRequest("immutable must be true or false");
        }
    }

    private void checkChange(ObjectNode older) {
        if (resource != Resource.CONFIGMAPS && resource != Resource.SECRETS) {
            return;
        }
        if (resource == Resource.SECRETS && !ObjectCodec.text(older, "type").equals(ObjectCodec.text(object, "type"))) {
            causes.add(new Cause("FieldValueInvalid", "Invalid value: field is immutable", "type"));
        }
        if (!ObjectCodec.isImmutable(older)) {
            return;
        }
        if (!ObjectCodec.isImmutable(object)) {
            causes.add(new Cause("FieldValueForbidden", IMMUTABLE, "immutable"));
        }
        for (String field : List.of("data", "binaryData")) {
            if (!content(older, field).equals(content(object, field))) {
                causes.add(new Cause("FieldValueForbidden", IMMUTABLE, field));
            }
        }
    }

    private void refuseIfInvalid() {
        if (!causes.isEmpty()) {
            throw ApiStatusException.invalid(resource, name, causes);
        }
    }

    private static ObjectNode content(ObjectNode node, String field) {
        return node.get(field) instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode();
    }

    /** The field as a JSON object; null when it is absent or JSON's null, which goes. */
    private static @Nullable ObjectNode map(ObjectNode node, String field) {
        @Nullable JsonNode value = node.get(field);
        if (value == null || value instanceof ObjectNode) {
            return (ObjectNode) value;
        }
        if (value.isNull()) {
            node.remove(field);
            return null;
        }
        throw ApiStatusException.badRequest(field + " is not a JSON object");
    }

    /** All values must be text; JSON's null stands for the empty text, as in a typed server. */
    private static void checkStrings(@Nullable ObjectNode map, String field) {
        if (map == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (entry.getValue().isNull()) {
                entry.setValue(JsonNodeFactory.instance.stringNode(""));
            } else if (!entry.getValue().isString()) {
                throw ApiStatusException.badRequest(field + "[" + entry.getKey() + "] is not a string");
            }
        }
    }
}
