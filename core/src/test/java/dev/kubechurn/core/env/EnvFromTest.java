package dev.kubechurn.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources of {@code envFrom} and their names (E13 to E20). */
class EnvFromTest {

    private final PodRig rig = new PodRig();

    @Test
    void e13ALaterSourceOverwritesWhicheverIsConfigMapOrSecret() {
        rig.configMap("c", "A", "c", "B", "c").secret("s", "B", "s", "C", "s");
        rig.fromConfigMap(null, "c", null).fromSecret(null, "s", null);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "c", "B", "s", "C", "s"));
        rig.fromConfigMap(null, "c", null);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "c", "B", "c", "C", "s"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void e14AnAbsentPrefixIsAnEmptyOne(String prefix) {
        rig.configMap("c", "A", "1").fromConfigMap(prefix, "c", null);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void e14ThePrefixStandsBeforeEachKeyOfItsSourceOnly() {
        rig.configMap("c", "A", "1", "B", "2").secret("s", "A", "3");
        rig.fromConfigMap("P_", "c", null).fromSecret(null, "s", null).fromSecret("S_", "s", null);
        assertThat(rig.variables()).isEqualTo(Map.of("P_A", "1", "P_B", "2", "A", "3", "S_A", "3"));
    }

    @Test
    void e15BinaryDataMakesNothingAndASecretKeepsItsLastNewline() {
        ConfigMap binary = Samples.configMap("c", "text");
        binary.setBinaryData(Map.of("BINARY", "eA=="));
        rig.world.add(binary);
        rig.secret("s", "S", "line\n").fromConfigMap(null, "c", null).fromSecret(null, "s", null);
        assertThat(rig.variables()).isEqualTo(Map.of("value", "text", "S", "line\n"));
    }

    @Test
    void e15LineBreaksInBase64AreSkippedAsGoDoes() {
        rig.world.add(Samples.secret("s", "aGVs\r\nbG8=\n"));
        rig.fromSecret(null, "s", null);
        assertThat(rig.variables()).isEqualTo(Map.of("value", "hello"));
    }

    @Test
    void e16ValuesAreTakenAsTheyAre() {
        rig.configMap("c", "A", "$(B) $$ $(", "B", "", "C", "\u00fc\n").fromConfigMap(null, "c", null);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "$(B) $$ $(", "B", "", "C", "\u00fc\n"));
    }

    @Test
    void e17AMissingObjectIsNotFoundInTheManagersWords() {
        rig.fromConfigMap(null, "gone", null);
        assertThat(rig.error()).isEqualTo("NotFound: configmap \"gone\" not found");
        rig.main.getEnvFrom().clear();
        rig.fromSecret(null, "gone", false);
        assertThat(rig.error()).isEqualTo("NotFound: secret \"gone\" not found");
    }

    @Test
    void e17AnOptionalMissingObjectIsSkippedWithoutAWord() {
        rig.configMap("c", "A", "1");
        rig.fromConfigMap(null, "gone", true).fromSecret(null, "gone", true).fromConfigMap(null, "c", null);
        Outcome outcome = rig.resolve();
        assertThat(outcome.variables()).isEqualTo(Map.of("A", "1"));
        assertThat(outcome.events()).isEmpty();
    }

    @Test
    void e17AnObjectWithoutDataMakesNothing() {
        ConfigMap empty = Samples.configMap("c", "x");
        empty.setData(null);
        rig.world.add(empty);
        assertThat(rig.fromConfigMap(null, "c", null).variables()).isEmpty();
    }

    @Test
    void aSourceThatNamesNothingMakesNothing() {
        rig.main.getEnvFrom().add(new EnvFromSource());
        rig.main.getEnvFrom().add(null);
        assertThat(rig.variables()).isEmpty();
        rig.main.setEnvFrom(null);
        rig.main.setEnv(null);
        assertThat(rig.variables()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a.b-c_9", "-", "_", ".a", "-1", ".1", "a..b", "zZ", "A0"})
    void e18StrictTakesAGoodName(String name) {
        rig.configMap("c", name, "x").fromConfigMap(null, "c", null);
        Outcome outcome = rig.resolve();
        assertThat(outcome.variables()).isEqualTo(Map.of(name, "x"));
        assertThat(outcome.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0a", "9", ".", "..", "..a", "a b", "a:", "a/b", "a=b", "\u00e9", "a@", "a[", "a`", "a{"})
    void e18StrictSkipsABadNameAndUsesTheRest(String name) {
        rig.configMap("c", name, "x", "GOOD", "y").fromConfigMap(null, "c", null);
        Outcome outcome = rig.resolve();
        assertThat(outcome.variables()).isEqualTo(Map.of("GOOD", "y"));
        assertThat(outcome.events())
                .containsExactly("Warning InvalidEnvironmentVariableNames Keys [" + name
                        + "] from the EnvFrom configMap shop/c were skipped since they are considered invalid"
                        + " environment variable names.");
    }

    @Test
    void e18ThePrefixCounts() {
        rig.configMap("c", "1", "x", ".y", "y").fromConfigMap("A", "c", null).fromConfigMap(".", "c", null);
        Outcome outcome = rig.resolve();
        assertThat(outcome.variables()).isEqualTo(Map.of("A1", "x", "A.y", "y", ".1", "x"));
        assertThat(outcome.events()).singleElement().asString().contains("Keys [..y] from");
    }

    @Test
    void e19OneEventPerSourceWithTheNamesSortedByBytes() {
        rig.secret("s", "9", "x", "1", "x", "\uff21", "x", "\ud83d\ude00", "x", "OK", "x");
        rig.fromSecret("0", "s", null).fromSecret("0", "s", null);
        String event = "Warning InvalidEnvironmentVariableNames Keys [01, 09, 0OK, 0\uff21, 0\ud83d\ude00] from the"
                + " EnvFrom secret shop/s were skipped since they are considered invalid environment variable names.";
        assertThat(rig.resolve().events()).containsExactly(event, event);
    }

    @Test
    void e19TheEventIsAboutThePod() {
        rig.configMap("c", "1", "x").fromConfigMap(null, "c", null);
        List<Pod> pods = new ArrayList<>();
        EnvironmentResolver resolver = new EnvironmentResolver(
                NameMode.STRICT,
                (namespace, name, reader) ->
                        reader.found(Objects.requireNonNull(rig.world.configMaps.get(new ObjectKey(namespace, name)))),
                (namespace, name, reader) -> {},
                (pod, type, reason, message) -> pods.add(pod));
        resolver.resolve(rig.request(), new ObjectWorld.Received());
        assertThat(pods).singleElement().isSameAs(rig.pod);
    }

    @Test
    void e20RelaxedTakesEveryNameAndSendsNoEvent() {
        rig.mode = NameMode.RELAXED;
        rig.configMap("c", "1", "x", "..", "y").fromConfigMap(null, "c", null).fromConfigMap("Log:", "c", null);
        Outcome outcome = rig.resolve();
        assertThat(outcome.variables()).isEqualTo(Map.of("1", "x", "..", "y", "Log:1", "x", "Log:..", "y"));
        assertThat(outcome.events()).isEmpty();
    }
}
