package dev.kubechurn.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.conformance.Vectors;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every conformance vector of the rules E. */
class EnvironmentVectorsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void holds(String name, JsonNode vector) {
        ObjectWorld world = new ObjectWorld();
        objects(vector, "configMaps", ConfigMap.class).forEach(world::add);
        objects(vector, "secrets", Secret.class).forEach(world::add);
        NameMode mode = NameMode.valueOf(vector.path("mode").asString().toUpperCase(Locale.ROOT));

        world.serversWords = true;

        Outcome outcome = world.resolve(request(vector), mode);

        JsonNode expect = vector.path("expect");
        if (vector.has("reads")) {
            assertThat(outcome.reads()).isEqualTo(reads(vector.path("reads")));
        }
        assertThat(outcome.events()).isEqualTo(events(expect.path("events")));
        if (expect.has("env")) {
            assertThat(outcome.message()).isEmpty();
            assertThat(outcome.variables()).isEqualTo(texts(expect.path("env")));
        } else {
            JsonNode error = expect.path("error");
            assertThat(outcome.errorKind()).isEqualTo(error.path("kind").asString());
            assertThat(outcome.message()).contains(error.path("messageContains").asString());
        }
    }

    static Stream<Arguments> vectors() {
        return Stream.of(
                        "addresses.json",
                        "env-from.json",
                        "expansion.json",
                        "fields-and-resources.json",
                        "go-kubelet.json",
                        "names.json",
                        "services.json",
                        "value-from.json")
                .flatMap(file -> {
                    List<JsonNode> vectors = Vectors.in("env/" + file);
                    assertThat(vectors).as(file).isNotEmpty();
                    return vectors.stream();
                })
                .map(vector -> Arguments.of(
                        vector.path("rule").asString() + " "
                                + vector.path("name").asString(),
                        vector));
    }

    /** What the kubelet read, in order. */
    private static List<String> reads(JsonNode reads) {
        return reads.valueStream()
                .map(read -> read.asString().replace("configMap ", "configmap "))
                .toList();
    }

    private static EnvironmentRequest request(JsonNode vector) {
        NodeFacts node = new NodeFacts(
                strings(vector.path("hostIPs")),
                quantities(vector.path("nodeAllocatable")),
                objects(vector, "services", Service.class),
                vector.path("servicesSynced").asBoolean(true));
        return EnvironmentRequest.of(
                Vectors.object(vector.path("pod"), Pod.class),
                vector.path("container").asString(),
                podIp(vector),
                strings(vector.path("podIPs")),
                node);
    }

    private static @Nullable String podIp(JsonNode vector) {
        return vector.has("podIP") ? vector.path("podIP").asString() : null;
    }

    private static <T extends HasMetadata> List<T> objects(JsonNode vector, String member, Class<T> type) {
        return vector.path(member)
                .valueStream()
                .map(json -> Vectors.object(json, type))
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static Map<String, String> texts(JsonNode object) {
        return object.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asString(), (a, b) -> b, TreeMap::new));
    }

    private static Map<String, Quantity> quantities(JsonNode object) {
        Map<String, Quantity> quantities = new HashMap<>();
        texts(object).forEach((name, text) -> quantities.put(name, new Quantity(text)));
        return quantities;
    }

    private static List<String> events(JsonNode events) {
        return events.valueStream()
                .map(event -> event.path("type").asString() + " "
                        + event.path("reason").asString() + " "
                        + event.path("message").asString())
                .toList();
    }
}
