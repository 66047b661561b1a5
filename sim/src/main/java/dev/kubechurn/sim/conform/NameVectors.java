package dev.kubechurn.sim.conform;

import dev.kubechurn.core.pod.PodReferences;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Vectors of the names that a pod holds (rules N). */
final class NameVectors implements VectorRunner {

    @Override
    public boolean takes(Vector vector) {
        return vector.body().has("pod") && !vector.body().has("container");
    }

    @Override
    public void play(Vector vector) throws VectorException {
        Pod pod = KubernetesJson.read(vector, vector.body().path("pod"), Pod.class);
        compare("configMaps", vector.body(), PodReferences.configMaps(pod.getSpec()));
        compare("secrets", vector.body(), PodReferences.secrets(pod.getSpec()));
    }

    private static void compare(String member, JsonNode body, Collection<String> actual) {
        List<String> expected =
                body.path(member).valueStream().map(JsonNode::asString).toList();
        List<String> sorted = new ArrayList<>(actual);
        sorted.sort(Comparator.naturalOrder());
        Mismatch.requireEqual(member, expected, sorted);
    }
}
