package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The conformance vectors through the command line, and vectors that are wrong on purpose. */
final class ConformCommandTest {

    private static final String POD =
            "{\"metadata\":{\"namespace\":\"a\",\"name\":\"p\",\"uid\":\"1\"},\"spec\":{\"containers\":[{\"name\":\"c\","
                    + "\"envFrom\":[{\"configMapRef\":{\"name\":\"settings\"}}]}]}}";

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    @Test
    void everyVectorPasses() throws URISyntaxException {
        Path vectors = Path.of(
                Objects.requireNonNull(getClass().getResource("/conformance")).toURI());
        assertThat(terminal.execute("conform", vectors)).as(terminal.out()).isZero();
        assertThat(terminal.out()).isEqualTo("2897 passed, 0 failed\n");
    }

    @Test
    void aFailureTellsTheRuleTheStepAndBothSides() throws IOException {
        Path file =
                vector("{\"name\":\"wrong\",\"rule\":\"S1\",\"strategy\":\"Watch\",\"kind\":\"ConfigMap\",\"steps\":["
                        + "{\"op\":\"registerPod\",\"pod\":" + POD + "},"
                        + "{\"op\":\"expect\",\"openWatches\":[\"a/other\"]}]}");
        assertThat(terminal.execute("conform", file)).isEqualTo(1);
        assertThat(terminal.out())
                .contains("FAILED vectors.json \"wrong\" (S1)")
                .contains("step 1, expect")
                .contains("expected  [a/other]")
                .contains("actual    [a/settings]")
                .endsWith("0 passed, 1 failed\n");
    }

    @Test
    void theOutcomeIsAlsoHadAsJson() throws IOException {
        Path file = vector("{\"name\":\"names\",\"rule\":\"N2\",\"pod\":" + POD + ",\"configMaps\":[],\"secrets\":[]}");
        assertThat(terminal.execute("conform", "--json", file)).isEqualTo(1);
        JsonNode outcome = JsonMapper.builder().build().readTree(terminal.out());
        assertThat(outcome.get("passed").asInt()).isZero();
        assertThat(outcome.get("failed").asInt()).isOne();
        JsonNode failure = outcome.get("failures").get(0);
        assertThat(failure.get("title").asString()).contains("names", "N2");
        assertThat(failure.get("expected").asString()).isEqualTo("[]");
        assertThat(failure.get("actual").asString()).isEqualTo("[settings]");
    }

    @Test
    void aReadThatIsWrongIsToldWithTheKindOfTheError() throws IOException {
        Path file =
                vector("{\"name\":\"read\",\"rule\":\"S4\",\"strategy\":\"Watch\",\"kind\":\"ConfigMap\",\"steps\":["
                        + "{\"op\":\"get\",\"namespace\":\"a\",\"name\":\"b\",\"expect\":{\"data\":{\"k\":\"v\"}}}]}");
        assertThat(terminal.execute("conform", file)).isEqualTo(1);
        assertThat(terminal.out()).contains("step 0, get a/b", "expected  {k=v}", "actual    NotRegistered");
    }

    @Test
    void aNameThatIsWrongIsTold() throws IOException {
        Path file = vector("{\"name\":\"names\",\"rule\":\"N2\",\"pod\":" + POD + ",\"configMaps\":[],\"secrets\":[]}");
        assertThat(terminal.execute("conform", file)).isEqualTo(1);
        assertThat(terminal.out()).contains("configMaps", "expected  []", "actual    [settings]");
    }

    @Test
    void aVectorOfNoKnownFormatIsABadQuestion() throws IOException {
        Path file = vector("{\"name\":\"what\",\"rule\":\"S1\"}");
        assertThat(terminal.execute("conform", file)).isEqualTo(2);
        assertThat(terminal.errLines()).containsExactly(file + ": \"what\" has an unknown format");
    }

    @Test
    void anObjectThatNoServerTakesIsABadQuestionWithTheServersReason() throws IOException {
        String refused = "{\"kind\":\"ConfigMap\",\"metadata\":{\"namespace\":\"a\",\"name\":\"BAD NAME\"}}";
        for (String vector : List.of(
                script("\"server\":{\"objects\":[" + refused + "]},\"steps\":[]"),
                script("\"steps\":[{\"op\":\"server.create\",\"object\":" + refused + "}]"),
                "{\"name\":\"odd\",\"rule\":\"E1\",\"container\":\"c\",\"pod\":" + POD + ",\"configMaps\":[" + refused
                        + "]}")) {
            assertBadQuestion(
                    vector, "an API server would refuse it: ConfigMap \"BAD NAME\" is invalid: metadata.name");
        }
    }

    @Test
    void aChangeThatNoServerMakesIsABadQuestion() throws IOException {
        assertBadQuestion(
                script("\"steps\":[{\"op\":\"server.delete\",\"namespace\":\"a\",\"name\":\"b\"}]"),
                "step 0, server.delete a/b: an API server would refuse it: configmaps \"b\" not found");
    }

    @Test
    void whatNoScriptMayHoldIsABadQuestion() throws IOException {
        assertBadQuestion(
                step("\"op\":\"server.fault\",\"fault\":\"failNext\",\"verb\":\"patch\",\"status\":500"),
                "verb \"patch\"");
        assertBadQuestion(
                step("\"op\":\"server.fault\",\"fault\":\"failNext\",\"verb\":\"list\",\"status\":\"x\""),
                "wrong type");
        assertBadQuestion(step("\"op\":\"advance\",\"seconds\":\"soon\""), "advances by \"soon\" seconds");
        assertBadQuestion(step("\"op\":\"advance\",\"seconds\":-1"), "advances by \"-1\" seconds");
        assertBadQuestion(step("\"op\":\"advance\",\"seconds\":1e30"), "seconds: write 0 to 1000000000");
        assertBadQuestion(step("\"op\":\"expect\",\"references\":{\"app\":1}"), "object \"app\": write namespace/name");
        assertBadQuestion(step("\"op\":\"server.create\",\"object\":{\"kind\":\"Pod\"}"), "kind \"Pod\"");
        assertBadQuestion(
                "{\"name\":\"odd\",\"rule\":\"E1\",\"container\":\"d\",\"pod\":" + POD + "}", "has no container \"d\"");
    }

    private void assertBadQuestion(String vector, String reason) throws IOException {
        CapturedTerminal own = new CapturedTerminal();
        Path file = vector(vector);
        assertThat(own.execute("conform", file)).as(vector).isEqualTo(2);
        assertThat(own.errLines()).hasSize(1);
        assertThat(own.errLines().get(0))
                .startsWith(file + ": \"odd\" ")
                .contains(reason)
                .doesNotContain("report it");
    }

    private static String script(String members) {
        return "{\"name\":\"odd\",\"rule\":\"S1\",\"strategy\":\"Watch\",\"kind\":\"ConfigMap\"," + members + "}";
    }

    private static String step(String members) {
        return script("\"steps\":[{" + members + "}]");
    }

    @Test
    void aFileThatIsNoJsonIsABadQuestion() throws IOException {
        Path file = Files.writeString(directory.resolve("vectors.json"), "[{\n  \"name\": ");
        assertThat(terminal.execute("conform", file)).isEqualTo(2);
        assertThat(terminal.errLines()).hasSize(1).first().asString().startsWith(file + ": is not JSON: line 2");
    }

    @Test
    void anEmptyFolderIsABadQuestion() {
        assertThat(terminal.execute("conform", directory)).isEqualTo(2);
        assertThat(terminal.errLines()).containsExactly(directory + ": contains no .json files");
    }

    @Test
    void aFileThatIsNotThereIsABadQuestion() {
        Path absent = directory.resolve("absent.json");
        assertThat(terminal.execute("conform", absent)).isEqualTo(2);
        assertThat(terminal.errLines()).containsExactly(absent + ": no such file");
    }

    private Path vector(String element) throws IOException {
        return Files.writeString(directory.resolve("vectors.json"), "[" + element + "]");
    }
}
