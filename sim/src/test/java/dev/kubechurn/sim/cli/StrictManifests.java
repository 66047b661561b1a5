package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads manifests, and nothing that Kubernetes does not know may be in them. */
final class StrictManifests {

    private StrictManifests() {}

    /** Of a stream of documents. */
    static List<HasMetadata> read(String yaml) throws ReflectiveOperationException {
        KubernetesSerialization serialization = new KubernetesSerialization();
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : yaml.split("(?m)^---$", -1)) {
            if (document.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
                continue;
            }
            HasMetadata object = serialization.unmarshal(document);
            assertThat(object.getClass().getSimpleName()).isEqualTo(object.getKind());
            requireKnown(object, object.getKind());
            objects.add(object);
        }
        return objects;
    }

    /** fabric8 keeps what it does not know as additional properties, wherever it was. */
    private static void requireKnown(@Nullable Object value, String path) throws ReflectiveOperationException {
        if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                requireKnown(items.get(i), path + "[" + i + "]");
            }
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            for (Method getter : value.getClass().getMethods()) {
                if (getter.getParameterCount() > 0 || !getter.getName().startsWith("get")) {
                    continue;
                }
                Object found = getter.invoke(value);
                if (getter.getName().equals("getAdditionalProperties")) {
                    assertThat((Map<?, ?>) found).as(path).isEmpty();
                } else {
                    requireKnown(found, path + "." + getter.getName().substring(3));
                }
            }
        }
    }
}
