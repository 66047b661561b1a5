package dev.kubechurn.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.conformance.Vectors;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every conformance vector of the payloads of ConfigMap volumes (V1 to V9). */
class VolumeVectorsTest {

    private static final String BASE64 = "base64:";

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void holds(String name, JsonNode vector) {
        PayloadResult result = VolumePayloads.ofConfigMap(volume(vector).getConfigMap(), configMap(vector));

        JsonNode expect = vector.path("expect");
        if (expect.has("error")) {
            assertThat(Payloads.error(result).getClass().getSimpleName())
                    .isEqualTo(expect.path("error").asString());
        } else {
            assertThat(result).isInstanceOf(PayloadResult.Ready.class);
            assertThat(((PayloadResult.Ready) result).payload().files()).isEqualTo(files(expect.path("files")));
        }
    }

    static Stream<Arguments> vectors() {
        return Vectors.in("volumes.json").stream()
                .map(vector -> Arguments.of(
                        vector.path("rule").asString() + " "
                                + vector.path("name").asString(),
                        vector));
    }

    private static @Nullable ConfigMap configMap(JsonNode vector) {
        JsonNode configMap = vector.path("configMap");
        return configMap.isObject() ? Vectors.object(configMap, ConfigMap.class) : null;
    }

    private static Volume volume(JsonNode vector) {
        String json = "{\"name\": \"v\", \"configMap\": " + vector.path("volume") + "}";
        return Vectors.part(json, Volume.class);
    }

    private static SortedMap<String, VolumeFile> files(JsonNode files) {
        return files.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        file -> new VolumeFile(
                                bytes(file.getValue().path("data").asString()),
                                file.getValue().path("mode").asInt()),
                        (first, second) -> second,
                        TreeMap::new));
    }

    private static byte[] bytes(String data) {
        return data.startsWith(BASE64)
                ? Base64.getDecoder().decode(data.substring(BASE64.length()))
                : data.getBytes(StandardCharsets.UTF_8);
    }
}
