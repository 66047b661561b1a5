package dev.kubechurn.sim.apiserver;

import static dev.kubechurn.sim.apiserver.ApiStoreTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store refuses and completes. */
class AdmissionTest {

    private final StoreFixture fixture = new StoreFixture();
    private final ApiStore store = fixture.store;

    private static ConfigMapBuilder configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName(name)
                .endMetadata();
    }

    private static SecretBuilder secret(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName(name)
                .endMetadata();
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    private StoredObject createJson(Resource resource, String json) {
        return store.create(resource, "ns", store.codec().parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b.c", "0", "a.b"})
    void takesNamesOfSubdomains(String name) {
        assertThat(store.create(configMap(name).build()).key().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a_b", "-a", "a-", "a..b", "a/b", "ä", ""})
    void refusesOtherNames(String name) {
        ApiStatusException refusal = refusal(() -> store.create(configMap(name).build()));

        assertThat(refusal.code()).isEqualTo(422);
        assertThat(refusal.reason()).isEqualTo("Invalid");
        assertThat(refusal).hasMessageContaining("metadata.name");
    }

    @Test
    void refusesNamesOfMoreThan253Characters() {
        assertThat(store.create(configMap("a".repeat(253)).build())).isNotNull();
        assertThat(refusal(() -> store.create(configMap("a".repeat(254)).build()))
                        .code())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", ".", "..", "..a", "ä"})
    void refusesKeysThatCannotBeFiles(String key) {
        ApiStatusException refusal =
                refusal(() -> store.create(configMap("a").addToData(key, "v").build()));

        assertThat(refusal.reason()).isEqualTo("Invalid");
        assertThat(refusal.statusJson()).contains("\"field\":\"data[" + key + "]\"");
    }

    @Test
    void refusesDataOfMoreThanOneMebibyte() {
        ConfigMap full = configMap("full")
                .addToData("a", "x".repeat(1_000_000))
                .addToBinaryData("b", base64(48_576))
                .build();
        ConfigMap tooFull = configMap("too-full")
                .addToData("a", "x".repeat(1_000_000))
                .addToBinaryData("b", base64(48_577))
                .build();
        Secret tooSecret = secret("s").addToData("a", base64(1_048_577)).build();

        assertThat(store.create(full)).isNotNull();
        assertThat(refusal(() -> store.create(tooFull)))
                .hasMessageContaining("must have at most 1048576 bytes")
                .extracting(ApiStatusException::code)
                .isEqualTo(422);
        assertThat(refusal(() -> store.create(tooSecret)).code()).isEqualTo(422);
        assertThat(store.create(secret("s").addToData("a", base64(1_048_576)).build()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a.b", "a_b", "-a"})
    void refusesNamespacesThatCannotBe(String namespace) {
        ConfigMap there = configMap("a")
                .editMetadata()
                .withNamespace(namespace)
                .endMetadata()
                .build();
        assertThat(refusal(() -> store.create(there)))
                .hasMessageContaining("metadata.namespace")
                .extracting(ApiStatusException::code)
                .isEqualTo(422);
        assertThat(new ObjectRules().refusals(Resource.CONFIGMAPS, there))
                .extracting(ApiStatusException.Cause::field)
                .containsExactly("metadata.namespace");
    }

    @Test
    void lineBreaksInBase64AreNotKept() {
        StoredObject created =
                store.create(secret("s").addToData("k", "aGVs\r\nbG8=\n").build());
        assertThat(store.codec().typed(created, Secret.class).getData()).containsEntry("k", "aGVsbG8=");
    }

    @Test
    void refusesOneKeyInDataAndBinaryData() {
        ConfigMap twice = configMap("a")
                .addToData("k", "v")
                .addToBinaryData("k", base64(1))
                .build();

        assertThat(refusal(() -> store.create(twice)).reason()).isEqualTo("Invalid");
    }

    @Test
    void anImmutableConfigMapKeepsItsContent() {
        ConfigMap created =
                configMap("a").addToData("k", "v").withImmutable(true).build();
        store.create(created);

        assertThat(refusal(() -> store.update(new ConfigMapBuilder(created)
                                .addToData("k", "w")
                                .build()))
                        .statusJson())
                .contains("\"code\":422", "\"reason\":\"Invalid\"", "\"field\":\"data\"");
        assertThat(refusal(() -> store.update(new ConfigMapBuilder(created)
                                .addToBinaryData("b", base64(1))
                                .build()))
                        .code())
                .isEqualTo(422);
        assertThat(refusal(() -> store.update(new ConfigMapBuilder(created)
                                .withImmutable(false)
                                .build()))
                        .code())
                .isEqualTo(422);
        StoredObject labelled = store.update(new ConfigMapBuilder(created)
                .editMetadata()
                .addToLabels("l", "x")
                .endMetadata()
                .build());
        assertThat(labelled.labels()).isEqualTo(Map.of("l", "x"));
    }

    @Test
    void anImmutableSecretKeepsItsContentAndEverySecretItsType() {
        Secret created =
                secret("a").addToData("k", base64(3)).withImmutable(true).build();
        store.create(created);
        store.create(secret("b").withType("example.com/one").build());

        assertThat(refusal(() -> store.update(new SecretBuilder(created)
                                .addToData("k", base64(4))
                                .build()))
                        .code())
                .isEqualTo(422);
        assertThat(refusal(() ->
                        store.update(secret("b").withType("example.com/two").build())))
                .hasMessageContaining("type");
    }

    @Test
    void aSecretTakesStringDataAndHasAType() {
        StoredObject stored =
                store.create(secret("a").addToStringData("k", "hello").build());

        Secret read = store.codec().typed(stored, Secret.class);
        assertThat(read.getData()).containsEntry("k", "aGVsbG8=");
        assertThat(read.getStringData()).isNullOrEmpty();
        assertThat(read.getType()).isEqualTo("Opaque");
    }

    @Test
    void refusesShapesThatATypedServerCannotRead() {
        String name = "\"metadata\":{\"name\":\"a\"}";
        for (String json : new String[] {
            "{" + name + ",\"data\":{\"k\":1}}",
            "{" + name + ",\"data\":[]}",
            "{" + name + ",\"immutable\":\"yes\"}",
            "{" + name + ",\"kind\":\"Secret\"}",
            "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}",
            "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}",
            "{\"metadata\":[]}",
        }) {
            assertThat(refusal(() -> createJson(Resource.CONFIGMAPS, json)).code())
                    .as(json)
                    .isEqualTo(400);
        }
        assertThat(store.revision()).isEqualTo(1);
    }

    @Test
    void refusalsDoNotShowSecretValues() {
        String json = "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"hunter2!\"}}";
        String broken = "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":hunter2}}";

        assertThat(refusal(() -> createJson(Resource.SECRETS, json)).statusJson())
                .doesNotContain("hunter2");
        assertThat(refusal(() -> createJson(Resource.SECRETS, broken)).statusJson())
                .contains("line 1")
                .doesNotContain("hunter2");
    }

    @Test
    void aNullValueIsTheEmptyText() {
        StoredObject stored = createJson(
                Resource.CONFIGMAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":null},\"immutable\":null}");

        assertThat(fixture.read(stored).getData()).containsEntry("k", "");
    }

    @Test
    void anUpdateMustNameItsObject() {
        fixture.create("ns", "a");

        assertThat(refusal(() -> store.update(
                                Resource.CONFIGMAPS,
                                new ObjectKey("ns", "a"),
                                store.codec()
                                        .parse("{\"metadata\":{\"name\":\"b\"}}".getBytes(StandardCharsets.UTF_8))))
                        .code())
                .isEqualTo(400);
    }
}
