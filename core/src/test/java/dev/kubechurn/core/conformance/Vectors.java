package dev.kubechurn.core.conformance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads vector files from the test resources. */
public final class Vectors {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    private Vectors() {}

    /** All elements of one file, in order. */
    public static List<JsonNode> in(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/conformance/" + file)) {
            return JSON.readTree(Objects.requireNonNull(in, file)).valueStream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Kubernetes object as fabric8 reads it. */
    public static <T extends HasMetadata> T object(JsonNode json, Class<T> type) {
        return part(json.toString(), type);
    }

    /** A part of one, such as a volume. */
    public static <T> T part(String json, Class<T> type) {
        return KUBERNETES.unmarshal(json, type);
    }
}
