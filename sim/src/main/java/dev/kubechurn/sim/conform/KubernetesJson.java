package dev.kubechurn.sim.conform;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import tools.jackson.databind.JsonNode;

/** Reads the Kubernetes objects in vectors. */
final class KubernetesJson {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private KubernetesJson() {}

    static <T> T read(Vector vector, JsonNode json, Class<T> type) throws VectorException {
        try {
            return SERIALIZATION.unmarshal(json.toString(), type);
        } catch (RuntimeException e) {
            throw new VectorException(vector, "contains an invalid " + type.getSimpleName());
        }
    }

    /** A ConfigMap or a Secret, by its kind. */
    static HasMetadata readObject(Vector vector, JsonNode json) throws VectorException {
        String kind = json.path("kind").asString("");
        return switch (kind) {
            case "Secret" -> read(vector, json, Secret.class);
            case "ConfigMap" -> read(vector, json, ConfigMap.class);
            default ->
                throw new VectorException(
                        vector, "holds an object of kind \"" + kind + "\": it must be ConfigMap or Secret");
        };
    }
}
