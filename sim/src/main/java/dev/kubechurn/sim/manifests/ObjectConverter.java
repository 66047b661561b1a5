package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.manifests.Manifests.ObjectName;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Kind;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import dev.kubechurn.sim.yaml.YamlNode.Scalar;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Makes fabric8's objects of YAML trees, as an API server would take them. No message of its holds a value. */
final class ObjectConverter {

    private static final List<ObjectKind<?>> KINDS = List.of(ObjectKind.CONFIG_MAP, ObjectKind.SECRET);

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    static Optional<ObjectKind<?>> kind(String kind, String group) {
        for (ObjectKind<?> known : KINDS) {
            if (known.toString().equals(kind) && group.isEmpty()) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** @param path to the template, for messages; empty: it is the object itself */
    PodTemplateSpec podTemplate(Mapping template, String path) throws Misfit {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (String field : List.of("metadata", "spec")) {
            Entry entry = template.find(field);
            if (entry != null) {
                EmptyItems.refuse(entry.value(), path.isEmpty() ? field : path + "." + field);
                plain.put(field, entry.value().plain());
            }
        }
        dropEmptyFields(plain);
        return convert(plain, PodTemplateSpec.class);
    }

    /** A field without a value, as {@code volumes:} with nothing below it, is a field that is not there. */
    private static void dropEmptyFields(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> fields) {
            fields.values().removeIf(Objects::isNull);
            fields.values().forEach(ObjectConverter::dropEmptyFields);
        } else if (plain instanceof List<?> items) {
            items.forEach(ObjectConverter::dropEmptyFields);
        }
    }

    HasMetadata object(Mapping mapping, ObjectName name) throws Misfit {
        Map<String, @Nullable Object> plain = mapping.plain();
        for (String field : List.of("data", "binaryData", "stringData")) {
            plain.remove(field);
            Map<String, String> texts = texts(mapping, field);
            if (!texts.isEmpty()) {
                plain.put(field, texts);
            }
        }
        HasMetadata object;
        if (name.kind() == ObjectKind.SECRET) {
            requireBase64(mapping, "data");
            object = withStringData(convert(plain, Secret.class));
        } else {
            requireBase64(mapping, "binaryData");
            object = convert(plain, ConfigMap.class);
        }
        object.setMetadata(written(object.getMetadata(), name));
        return object;
    }

    static HasMetadata empty(ObjectName name) {
        HasMetadata object = name.kind() == ObjectKind.SECRET ? new Secret() : new ConfigMap();
        object.setMetadata(written(new ObjectMeta(), name));
        return object;
    }

    /** What people write of the metadata, without what a server filled in when the object was exported. */
    private static ObjectMeta written(ObjectMeta metadata, ObjectName name) {
        return new ObjectMetaBuilder()
                .withNamespace(name.key().namespace())
                .withName(name.key().name())
                .withLabels(metadata.getLabels())
                .withAnnotations(metadata.getAnnotations())
                .build();
    }

    private static Secret withStringData(Secret secret) {
        Map<String, String> data = new LinkedHashMap<>();
        if (secret.getData() != null) {
            data.putAll(secret.getData());
        }
        if (secret.getStringData() != null) {
            secret.getStringData()
                    .forEach((key, text) ->
                            data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        }
        secret.setData(data);
        secret.setStringData(null);
        return secret;
    }

    /** The texts of a map of strings; an empty value is the empty text, as Kubernetes has it. */
    private static Map<String, String> texts(Mapping object, String field) throws Misfit {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Entry entry : entries(object, field)) {
            YamlNode value = entry.value();
            boolean text =
                    value instanceof Scalar scalar && (scalar.kind() == Kind.STRING || scalar.kind() == Kind.NULL);
            if (!text) {
                String key = "key \"" + entry.key() + "\" of " + field;
                throw new Misfit(entry.origin(), key + " is " + value.noun() + "; it must be text: put it in quotes");
            }
            Scalar scalar = (Scalar) value;
            texts.put(entry.key(), scalar.kind() == Kind.NULL ? "" : scalar.text());
        }
        return texts;
    }

    private static void requireBase64(Mapping object, String field) throws Misfit {
        for (Entry entry : entries(object, field)) {
            try {
                Base64.getDecoder().decode(((Scalar) entry.value()).text().replaceAll("[\\r\\n]", ""));
            } catch (IllegalArgumentException e) {
                throw new Misfit(entry.origin(), "key \"" + entry.key() + "\" of " + field + " is not base64");
            }
        }
    }

    private static List<Entry> entries(Mapping object, String field) throws Misfit {
        Entry entry = object.find(field);
        if (entry == null || (entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
            return List.of();
        }
        if (entry.value() instanceof Mapping mapping) {
            return mapping.entries();
        }
        throw new Misfit(entry.origin(), field + " is " + entry.value().noun() + "; it must be a mapping");
    }

    private <T> T convert(Map<String, @Nullable Object> plain, Class<T> type) throws Misfit {
        try {
            return serialization.convertValue(plain, type);
        } catch (JacksonException | IllegalArgumentException e) {
            String field = field(e);
            throw new Misfit(
                    null, (field.isEmpty() ? "it" : '"' + field + '"') + " does not match the Kubernetes schema");
        }
    }

    /** The path to what Jackson stumbled over; its own message is not for people and may hold values. */
    private static String field(Throwable thrown) {
        StringBuilder path = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException e && path.length() == 0) {
                for (JacksonException.Reference step : e.getPath()) {
                    String name = step.getPropertyName();
                    path.append(name == null ? "[" + step.getIndex() + "]" : "." + name);
                }
            }
        }
        return path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
    }
}
