package dev.kubechurn.core.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSourceBuilder;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Payloads as functions of a volume's source and its objects (V1 to V9), beside the vectors. */
class VolumePayloadsTest {

    private static final ConfigMap FILES = new ConfigMapBuilder()
            .addToData("a", "alpha")
            .addToData("b", "beta")
            .build();
    private static final Secret TOKENS = new SecretBuilder()
            .addToData("a", base64("alpha"))
            .addToData("b", base64("beta"))
            .build();

    @Test
    void v1TakesEveryKeyOfDataAndBinaryData() {
        ConfigMap both = new ConfigMapBuilder(FILES)
                .addToBinaryData("c", base64("gamma"))
                .build();
        assertThat(files(configMap(null), both)).isEqualTo(Map.of("a", "alpha 644", "b", "beta 644", "c", "gamma 644"));
    }

    @Test
    void v1LetsBinaryDataWinWhereBothHaveAKeyAndNoItemsChoose() {
        ConfigMap both =
                new ConfigMapBuilder(FILES).addToBinaryData("a", base64("bin")).build();
        assertThat(files(configMap(null), both)).containsEntry("a", "bin 644");
    }

    @Test
    void v1HasNoFilesWithoutData() {
        assertThat(files(configMap(null), new ConfigMap())).isEmpty();
        assertThat(Payloads.files(VolumePayloads.ofSecret(secret(null), new Secret())))
                .isEmpty();
    }

    @Test
    void v1WritesAnAbsentValueAsAnEmptyFile() {
        ConfigMap nulls = new ConfigMap();
        nulls.setData(Collections.singletonMap("a", null));
        nulls.setBinaryData(Collections.singletonMap("b", null));
        assertThat(files(configMap(null), nulls)).isEqualTo(Map.of("a", " 644", "b", " 644"));
    }

    @Test
    void v1DecodesASecret() {
        assertThat(Payloads.files(VolumePayloads.ofSecret(secret(null), TOKENS)))
                .isEqualTo(Map.of("a", "alpha 644", "b", "beta 644"));
    }

    @Test
    void v1SkipsLineBreaksInBase64AsGoDoes() {
        Secret folded = new SecretBuilder().addToData("a", "YWxw\r\naGE=\n").build();
        assertThat(Payloads.files(VolumePayloads.ofSecret(secret(null), folded)))
                .isEqualTo(Map.of("a", "alpha 644"));
    }

    @Test
    void aValueThatIsNotBase64FailsTheVolumeAndIsNotTold() {
        Secret broken = new SecretBuilder().addToData("key", "s3cret!").build();
        VolumeError all = Payloads.error(VolumePayloads.ofSecret(secret(true), broken));
        assertThat(all).isInstanceOf(VolumeError.Lookup.class);
        assertThat(all.message()).isEqualTo("secret \"tokens\": the value of key \"key\" is not base64");
        SecretVolumeSource item = secret(true);
        item.getItems().add(new KeyToPath("key", null, "k", null));
        assertThat(Payloads.error(VolumePayloads.ofSecret(item, broken))).isEqualTo(all);
    }

    @Test
    void v2TakesTheDefaultModeOr0644() {
        ConfigMapVolumeSource source = configMap(null);
        source.setDefaultMode(0400);
        assertThat(files(source, FILES)).isEqualTo(Map.of("a", "alpha 400", "b", "beta 400"));

        SecretVolumeSource secret = secret(null);
        assertThat(Payloads.files(VolumePayloads.ofSecret(secret, TOKENS))).containsEntry("a", "alpha 644");
        secret.setDefaultMode(0);
        assertThat(Payloads.files(VolumePayloads.ofSecret(secret, TOKENS))).containsEntry("a", "alpha 0");
    }

    @Test
    void v3CountsItemsOnlyOneKeyToManyPaths() {
        assertThat(files(configMap(null, item("a", "x"), item("a", "d/y")), FILES))
                .isEqualTo(Map.of("x", "alpha 644", "d/y", "alpha 644"));
        SecretVolumeSource source = secret(null);
        source.getItems().add(item("b", "only"));
        assertThat(Payloads.files(VolumePayloads.ofSecret(source, TOKENS))).isEqualTo(Map.of("only", "beta 644"));
    }

    @Test
    void v3LetsTheLaterOfTwoItemsWithOnePathWin() {
        assertThat(files(configMap(null, item("a", "x"), item("b", "x")), FILES))
                .isEqualTo(Map.of("x", "beta 644"));
        assertThat(files(configMap(null, item("b", "x"), item("a", "x")), FILES))
                .isEqualTo(Map.of("x", "alpha 644"));
    }

    @Test
    void v3LooksUpDataBeforeBinaryData() {
        ConfigMap both =
                new ConfigMapBuilder(FILES).addToBinaryData("a", base64("bin")).build();
        assertThat(files(configMap(null, item("a", "x")), both)).isEqualTo(Map.of("x", "alpha 644"));
    }

    @Test
    void v4LetsAnItemsModeWin() {
        ConfigMapVolumeSource source =
                configMap(null, new KeyToPath("a", 0, "x", null), new KeyToPath("a", 0755, "y", null), item("a", "z"));
        source.setDefaultMode(0600);
        assertThat(files(source, FILES)).isEqualTo(Map.of("x", "alpha 0", "y", "alpha 755", "z", "alpha 600"));
    }

    @Test
    void dropsModeBitsBeyond0777() {
        ConfigMapVolumeSource source = configMap(null, new KeyToPath("a", 04755, "x", null), item("a", "y"));
        source.setDefaultMode(01640);
        assertThat(files(source, FILES)).isEqualTo(Map.of("x", "alpha 755", "y", "alpha 640"));
    }

    @Test
    void v5TellsAMissingKeyInTheKubeletsWords() {
        VolumeError ofConfigMap = failure(configMap(null, item("a", "x"), item("nope", "n")), FILES);
        assertThat(ofConfigMap).isInstanceOf(VolumeError.MissingKey.class);
        assertThat(ofConfigMap.message()).isEqualTo("configmap references non-existent config key: nope");

        SecretVolumeSource source = secret(false);
        source.getItems().add(item("nope", "n"));
        VolumeError ofSecret = Payloads.error(VolumePayloads.ofSecret(source, TOKENS));
        assertThat(ofSecret.message()).isEqualTo("references non-existent secret key: nope");
    }

    @Test
    void v5TellsTheFirstMissingKeyOnly() {
        assertThat(failure(configMap(false, item("no", "x"), item("nope", "y")), FILES)
                        .message())
                .endsWith("key: no");
    }

    @Test
    void v5SkipsAMissingKeyOfAnOptionalObject() {
        assertThat(files(configMap(true, item("nope", "n"), item("a", "x")), FILES))
                .isEqualTo(Map.of("x", "alpha 644"));
    }

    @Test
    void v5ReadsAnAbsentKeyAsTheEmptyOne() {
        assertThat(failure(configMap(null, new KeyToPath(null, null, "x", null)), FILES)
                        .message())
                .isEqualTo("configmap references non-existent config key: ");
    }

    @Test
    void v6TellsAnObjectThatIsNotThere() {
        VolumeError ofConfigMap = failure(configMap(null), null);
        assertThat(ofConfigMap).isInstanceOf(VolumeError.NotFound.class);
        assertThat(ofConfigMap.message()).isEqualTo("configmap \"files\" not found");
        VolumeError ofSecret = Payloads.error(VolumePayloads.ofSecret(secret(false), null));
        assertThat(ofSecret).isInstanceOf(VolumeError.NotFound.class);
        assertThat(ofSecret.message()).isEqualTo("secret \"tokens\" not found");
    }

    @Test
    void v6CountsAnOptionalObjectThatIsNotThereAsEmpty() {
        assertThat(files(configMap(true), null)).isEmpty();
        assertThat(files(configMap(true, item("a", "x")), null)).isEmpty();
        assertThat(Payloads.files(VolumePayloads.ofSecret(secret(true), null))).isEmpty();
    }

    @Test
    void v8RefusesTheWholeVolumeForOnePath() {
        VolumeError error = failure(configMap(null, item("a", "good"), item("b", "../b")), FILES);
        assertThat(error).isEqualTo(new VolumeError.InvalidPath("../b", "must not contain \"..\""));
        assertThat(error.message()).isEqualTo("invalid path \"../b\": must not contain \"..\"");
        assertThat(failure(configMap(null, new KeyToPath("a", null, null, null)), FILES)
                        .message())
                .isEqualTo("invalid path \"\": must not be empty");
    }

    @Test
    void v8LooksAtKeysAsPathsToo() {
        ConfigMap odd = new ConfigMapBuilder().addToData("..data", "x").build();
        assertThat(failure(configMap(null), odd)).isInstanceOf(VolumeError.InvalidPath.class);
    }

    @Test
    void v8TellsAMissingKeyFirstAndLooksAtNoPathOfASkippedItem() {
        assertThat(failure(configMap(null, item("a", "/bad"), item("nope", "n")), FILES))
                .isInstanceOf(VolumeError.MissingKey.class);
        assertThat(files(configMap(true, item("nope", "/bad"), item("a", "x")), FILES))
                .containsOnlyKeys("x");
    }

    @Test
    void v9LetsTheLaterOfTwoPathsThatCleanToOneWin() {
        assertThat(files(configMap(null, item("a", "d/x"), item("b", "./d//x")), FILES))
                .isEqualTo(Map.of("d/x", "beta 644"));
        assertThat(files(configMap(null, item("b", "./d//x"), item("a", "d/x")), FILES))
                .isEqualTo(Map.of("d/x", "alpha 644"));
    }

    @Test
    void projectedTakesItsSourcesInOrderAndTheLaterOfTwoFilesWins() {
        ProjectedVolumeSource source = projected()
                .addNewSource()
                .withNewConfigMap()
                .withName("files")
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewSecret()
                .withName("tokens")
                .addNewItem("a", 0400, "b", null)
                .endSecret()
                .endSource()
                .addNewSource()
                .withNewServiceAccountToken("api", 3600L, "token", null)
                .endSource()
                .withDefaultMode(0440)
                .build();
        assertThat(Payloads.files(VolumePayloads.ofProjected(source, Map.of("files", FILES), Map.of("tokens", TOKENS))))
                .isEqualTo(Map.of("a", "alpha 440", "b", "alpha 400"));
    }

    @Test
    void projectedKeepsAConfigMapAndASecretOfOneNameApart() {
        ProjectedVolumeSource source = projected()
                .addNewSource()
                .withNewSecret()
                .withName("files")
                .endSecret()
                .endSource()
                .build();
        assertThat(Payloads.error(VolumePayloads.ofProjected(source, Map.of("files", FILES), Map.of()))
                        .message())
                .isEqualTo("secret \"files\" not found");
    }

    @Test
    void projectedHonoursOptionalOfEachSource() {
        ProjectedVolumeSource source = projected()
                .addNewSource()
                .withNewConfigMap()
                .withName("gone")
                .withOptional(true)
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewSecret()
                .withName("tokens")
                .withOptional(true)
                .addNewItem("nope", null, "n", null)
                .addNewItem("a", null, "x", null)
                .endSecret()
                .endSource()
                .build();
        assertThat(Payloads.files(VolumePayloads.ofProjected(source, Map.of(), Map.of("tokens", TOKENS))))
                .isEqualTo(Map.of("x", "alpha 644"));
    }

    @Test
    void projectedTellsSeveralErrorsTogetherEachTextOnce() {
        ProjectedVolumeSource source = projected()
                .addNewSource()
                .withNewConfigMap()
                .withName("gone")
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("gone")
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewSecret()
                .withName("tokens")
                .addNewItem("nope", null, "n", null)
                .endSecret()
                .endSource()
                .build();
        VolumeError error = Payloads.error(VolumePayloads.ofProjected(source, Map.of(), Map.of("tokens", TOKENS)));
        assertThat(((VolumeError.Several) error).errors()).hasSize(3);
        assertThat(error.message())
                .isEqualTo("[configmap \"gone\" not found, references non-existent secret key: nope]");
    }

    @Test
    void projectedTellsOneTextWithoutBracketsWhereAllErrorsHaveTheSame() {
        ProjectedVolumeSource source = projected()
                .addNewSource()
                .withNewConfigMap()
                .withName("gone")
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("gone")
                .addNewItem("value", null, "x", null)
                .endConfigMap()
                .endSource()
                .build();
        VolumeError error = Payloads.error(VolumePayloads.ofProjected(source, Map.of(), Map.of()));
        assertThat(((VolumeError.Several) error).errors()).hasSize(2);
        assertThat(error.message()).isEqualTo("configmap \"gone\" not found");
    }

    @Test
    void projectedWithoutSourcesHasNoFiles() {
        assertThat(Payloads.files(VolumePayloads.ofProjected(new ProjectedVolumeSource(), Map.of(), Map.of())))
                .isEmpty();
        ProjectedVolumeSource nulls = new ProjectedVolumeSource();
        nulls.setSources(null);
        assertThat(Payloads.files(VolumePayloads.ofProjected(nulls, Map.of(), Map.of())))
                .isEmpty();
    }

    private static Map<String, String> files(ConfigMapVolumeSource source, @Nullable ConfigMap configMap) {
        return Payloads.files(VolumePayloads.ofConfigMap(source, configMap));
    }

    private static VolumeError failure(ConfigMapVolumeSource source, @Nullable ConfigMap configMap) {
        return Payloads.error(VolumePayloads.ofConfigMap(source, configMap));
    }

    private static ConfigMapVolumeSource configMap(@Nullable Boolean optional, KeyToPath... items) {
        return new ConfigMapVolumeSourceBuilder()
                .withName("files")
                .withOptional(optional)
                .withItems(items)
                .build();
    }

    private static SecretVolumeSource secret(@Nullable Boolean optional) {
        return new SecretVolumeSourceBuilder()
                .withSecretName("tokens")
                .withOptional(optional)
                .build();
    }

    private static ProjectedVolumeSourceBuilder projected() {
        return new ProjectedVolumeSourceBuilder();
    }

    private static KeyToPath item(String key, String path) {
        return new KeyToPath(key, null, path, null);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
