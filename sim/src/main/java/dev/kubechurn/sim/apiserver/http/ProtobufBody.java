package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What typed clients such as {@code kubectl create configmap} send in place of JSON: ConfigMaps, Secrets, Namespaces and the
 * options of a deletion, by the field numbers of the API's own {@code generated.proto}. Other kinds are refused. Stateless.
 */
final class ProtobufBody {

    static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private static final Message OWNER = new Message(Map.of(
            1, text("kind"),
            3, text("name"),
            4, text("uid"),
            5, text("apiVersion"),
            6, flag("controller"),
            7, flag("blockOwnerDeletion")));

    private static final Message METADATA = new Message(Map.ofEntries(
            Map.entry(1, text("name")),
            Map.entry(2, text("generateName")),
            Map.entry(3, text("namespace")),
            Map.entry(5, text("uid")),
            Map.entry(6, text("resourceVersion")),
            Map.entry(8, new Field("creationTimestamp", Type.TIME, null)),
            Map.entry(11, new Field("labels", Type.TEXTS_BY_NAME, null)),
            Map.entry(12, new Field("annotations", Type.TEXTS_BY_NAME, null)),
            Map.entry(13, new Field("ownerReferences", Type.MESSAGES, OWNER)),
            Map.entry(14, new Field("finalizers", Type.TEXTS, null))));

    private static final Map<String, Message> KINDS = Map.of(
            "ConfigMap",
            new Message(Map.of(
                    1, new Field("metadata", Type.MESSAGE, METADATA),
                    2, new Field("data", Type.TEXTS_BY_NAME, null),
                    3, new Field("binaryData", Type.BYTES_BY_NAME, null),
                    4, flag("immutable"))),
            "Secret",
            new Message(Map.of(
                    1, new Field("metadata", Type.MESSAGE, METADATA),
                    2, new Field("data", Type.BYTES_BY_NAME, null),
                    3, text("type"),
                    4, new Field("stringData", Type.TEXTS_BY_NAME, null),
                    5, flag("immutable"))),
            "Namespace",
            new Message(Map.of(
                    1, new Field("metadata", Type.MESSAGE, METADATA),
                    2,
                            new Field(
                                    "spec",
                                    Type.MESSAGE,
                                    new Message(Map.of(1, new Field("finalizers", Type.TEXTS, null)))))),
            "DeleteOptions",
            new Message(Map.of(
                    1,
                    number("gracePeriodSeconds"),
                    2,
                    new Field(
                            "preconditions",
                            Type.MESSAGE,
                            new Message(Map.of(1, text("uid"), 2, text("resourceVersion")))),
                    4,
                    text("propagationPolicy"),
                    5,
                    new Field("dryRun", Type.TEXTS, null))));

    private enum Type {
        TEXT,
        TEXTS,
        NUMBER,
        FLAG,
        TIME,
        TEXTS_BY_NAME,
        BYTES_BY_NAME,
        MESSAGE,
        MESSAGES
    }

    private record Field(String name, Type type, @Nullable Message message) {}

    private record Message(Map<Integer, Field> fields) {}

    private ProtobufBody() {}

    private static Field text(String name) {
        return new Field(name, Type.TEXT, null);
    }

    private static Field number(String name) {
        return new Field(name, Type.NUMBER, null);
    }

    private static Field flag(String name) {
        return new Field(name, Type.FLAG, null);
    }

    /**
     * The same as JSON.
     *
     * @throws ApiStatusException 415 for other kinds, 400 if it cannot be read
     */
    static ObjectNode read(byte[] body) {
        if (!ProtobufReader.startsWith(body, MAGIC)) {
            throw ApiStatusException.badRequest("the body of the request is not Kubernetes protobuf");
        }
        byte[] envelope = new byte[body.length - MAGIC.length];
        System.arraycopy(body, MAGIC.length, envelope, 0, envelope.length);
        try {
            return unwrapped(new ProtobufReader(envelope));
        } catch (ProtobufReader.MalformedException malformed) {
            throw ApiStatusException.badRequest(
                    "the body of the request is not Kubernetes protobuf: " + malformed.getMessage());
        }
    }

    private static ObjectNode unwrapped(ProtobufReader envelope) {
        String apiVersion = "";
        String kind = "";
        byte[] raw = {};
        while (envelope.next()) {
            switch (envelope.field()) {
                case 1 -> {
                    ProtobufReader type = envelope.message();
                    while (type.next()) {
                        switch (type.field()) {
                            case 1 -> apiVersion = type.text();
                            case 2 -> kind = type.text();
                            default -> type.skip();
                        }
                    }
                }
                case 2 -> raw = envelope.bytes();
                default -> envelope.skip();
            }
        }
        Message message = KINDS.get(kind);
        if (message == null) {
            throw ApiStatusException.unsupportedBody(
                    "this server accepts objects of kind " + kind + " only as JSON: send application/json");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", kind).put("apiVersion", apiVersion);
        fill(object, message, new ProtobufReader(raw));
        return object;
    }

    private static void fill(ObjectNode into, Message message, ProtobufReader reader) {
        while (reader.next()) {
            Field field = message.fields.get(reader.field());
            if (field == null) {
                reader.skip();
            } else {
                set(into, field, reader);
            }
        }
    }

    private static void set(ObjectNode into, Field field, ProtobufReader reader) {
        String name = field.name;
        switch (field.type) {
            case TEXT -> putUnlessEmpty(into, name, reader.text());
            case NUMBER -> into.put(name, reader.number());
            case FLAG -> into.put(name, reader.number() != 0);
            case TIME -> time(into, name, reader.message());
            case TEXTS -> list(into, name).add(reader.text());
            case TEXTS_BY_NAME -> entry(object(into, name), reader.message(), false);
            case BYTES_BY_NAME -> entry(object(into, name), reader.message(), true);
            case MESSAGE -> fill(object(into, name), inner(field), reader.message());
            case MESSAGES -> fill(list(into, name).addObject(), inner(field), reader.message());
        }
    }

    /** The API's messages always carry their texts; an empty one means none. */
    private static void putUnlessEmpty(ObjectNode into, String name, String text) {
        if (!text.isEmpty()) {
            into.put(name, text);
        }
    }

    private static Message inner(Field field) {
        return Objects.requireNonNull(field.message);
    }

    private static ObjectNode object(ObjectNode into, String name) {
        return into.get(name) instanceof ObjectNode there ? there : into.putObject(name);
    }

    private static ArrayNode list(ObjectNode into, String name) {
        return into.get(name) instanceof ArrayNode there ? there : into.putArray(name);
    }

    private static void entry(ObjectNode into, ProtobufReader entry, boolean binary) {
        String key = "";
        byte[] value = {};
        while (entry.next()) {
            switch (entry.field()) {
                case 1 -> key = entry.text();
                case 2 -> value = entry.bytes();
                default -> entry.skip();
            }
        }
        into.put(key, binary ? Base64.getEncoder().encodeToString(value) : new String(value, StandardCharsets.UTF_8));
    }

    /** The zero time of Go, and no time, are none. */
    private static void time(ObjectNode into, String name, ProtobufReader time) {
        long seconds = 0;
        while (time.next()) {
            if (time.field() == 1) {
                seconds = time.number();
            } else {
                time.skip();
            }
        }
        if (seconds > 0) {
            try {
                into.put(name, Instant.ofEpochSecond(seconds).toString());
            } catch (DateTimeException tooLate) {
                throw new ProtobufReader.MalformedException(name + " is not a time");
            }
        }
    }
}
