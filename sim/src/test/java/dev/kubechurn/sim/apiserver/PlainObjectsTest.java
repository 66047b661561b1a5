package dev.kubechurn.sim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The short way gives what fabric8's own mapper gives, or nothing. */
class PlainObjectsTest {

    private static final List<String> TEXTS =
            List.of("", "a", "0", "true", "aé€😀", "\"quoted\" \\ \n\t\u0001", "<&'>", "x".repeat(500));

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final KubernetesSerialization general =
            new KubernetesSerialization(JsonMapper.builder().build(), false);
    private final PlainObjects plain = new PlainObjects(mapper);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void plainObjectsGoTheShortWay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            HasMetadata object = random.nextBoolean() ? configMap(random) : secret(random);
            ObjectNode expected = general.convertValue(object, ObjectNode.class);
            ObjectNode tree = plain.tree(object).orElseThrow();
            assertThat(tree.toString()).as("seed %d, object %d", seed, i).isEqualTo(expected.toString());
            assertReadAsExpected(tree.toString(), object.getClass());
        }
    }

    private void assertReadAsExpected(String json, Class<? extends HasMetadata> type) {
        assertThat(plain.read(json, type)).isNotNull().isEqualTo(general.unmarshal(json, type));
    }

    @Test
    void whatIsOutOfTheOrdinaryDoesNot() {
        ObjectMeta owned =
                new ObjectMetaBuilder().withName("a").withFinalizers("f").build();
        assertThat(plain.tree(new ConfigMapBuilder().withMetadata(owned).build()))
                .isEmpty();
        assertThat(plain.tree(new ConfigMap())).isEqualTo(Optional.empty());
        assertThat(plain.tree(new PodBuilder().withNewMetadata().endMetadata().build()))
                .isEmpty();
        ConfigMap extended =
                new ConfigMapBuilder().withNewMetadata().endMetadata().build();
        extended.setAdditionalProperty("spec", 1);
        assertThat(plain.tree(extended)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"finalizers\":[\"f\"]}}",
                "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"labels\":null}}",
                "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"generation\":3}}",
                "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":7}}",
                "{\"kind\":\"ConfigMap\",\"metadata\":null}",
                "{\"kind\":\"ConfigMap\",\"data\":{\"a\":null}}",
                "{\"kind\":\"ConfigMap\",\"data\":{\"a\":{}}}",
                "{\"kind\":\"ConfigMap\",\"immutable\":null}",
                "{\"kind\":\"ConfigMap\",\"more\":1}",
                "{\"kind\":\"Other\"}",
            })
    void otherJsonIsNotRead(String json) {
        assertThat(plain.read(json, ConfigMap.class)).isNull();
    }

    private ConfigMap configMap(SplittableRandom random) {
        ConfigMapBuilder builder = new ConfigMapBuilder().withMetadata(metadata(random));
        builder.withData(map(random)).withBinaryData(map(random));
        return builder.withImmutable(flag(random)).build();
    }

    private Secret secret(SplittableRandom random) {
        SecretBuilder builder = new SecretBuilder().withMetadata(metadata(random));
        builder.withData(map(random)).withType(text(random));
        return builder.withImmutable(flag(random)).build();
    }

    private static ObjectMeta metadata(SplittableRandom random) {
        return new ObjectMetaBuilder()
                .withName(text(random))
                .withNamespace(text(random))
                .withUid(text(random))
                .withResourceVersion(text(random))
                .withCreationTimestamp(text(random))
                .withLabels(map(random))
                .withAnnotations(map(random))
                .build();
    }

    private static @Nullable Boolean flag(SplittableRandom random) {
        return random.nextInt(3) == 0 ? null : random.nextBoolean();
    }

    private static @Nullable String text(SplittableRandom random) {
        return random.nextInt(4) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static @Nullable Map<String, String> map(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put("k" + random.nextInt(5), TEXTS.get(random.nextInt(TEXTS.size())));
        }
        return map;
    }
}
