package dev.kubechurn.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultJsonTest {

    private static final String JSON = ResultJson.write(SampleResults.complete());

    @Test
    void whatIsWrittenIsReadBackEqual() {
        RunResult back = ResultJson.parse(JSON, "result.json");

        assertThat(back).isEqualTo(SampleResults.complete());
        assertThat(back.parameters().keySet()).containsExactly("spec.seed", "spec.duration");
        assertThat(ResultJson.write(back)).isEqualTo(JSON);
    }

    @Test
    void aPartialResultKeepsItsReason() {
        RunResult partial = RunResult.builder(RunResult.RUN, "x")
                .partial("interrupted at 14 s")
                .build();

        assertThat(ResultJson.parse(ResultJson.write(partial), "x").partialReason())
                .isEqualTo("interrupted at 14 s");
    }

    @Test
    void wholeNumbersStandWithoutAPoint() {
        assertThat(JSON).contains("\"value\" : 1212").contains("\"value\" : 0.1");
    }

    @Test
    void whatIsWrittenObeysThePublishedSchema() throws IOException {
        Schema schema = publishedSchema();
        RunResult partial =
                RunResult.builder(RunResult.BENCHMARK, "x").partial("why").build();

        assertThat(schema.validate(JSON, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(ResultJson.write(partial), InputFormat.JSON)).isEmpty();
        RunResult digested = RunResult.builder(RunResult.RUN, "x").digested().build();
        assertThat(schema.validate(ResultJson.write(digested), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "kind" : "run"                 | "kind" : 7                  | kind: is not a string
            "kind" : "run",                | ``                          | kind: is missing
            "durationNanos" : 20000000000  | "durationNanos" : 1.5       | durationNanos: is not a whole number
            "durationNanos" : 20000000000  | "durationNanos" : -1        | durationNanos must not be negative, but is -1
            "partial" : false              | "partial" : true            | partialReason: must be set if, and only if,
            "2026-01-31T12:00:00.123456789Z" | "yesterday"               | started: is not a time such as
            "unit" : "1/s"                 | "unit" : "a b"              | metrics[0]: unit "a b" must be one word
            "better" : "neither"           | "better" : "up"             | metrics[0].better: "up" is not one of lower, higher, neither
            "type" : "value"               | "type" : "guess"            | metrics[0].type: "guess" is not one of value, range
            "type" : "value"               | "type" : "range"            | metrics[0].low: is missing
            "low" : 51200                  | "low" : 999999              | metrics[4]: memory.perWatch: low
            "count" : 100                  | "count" : 101               | metrics[5].count: 101 does not match the histogram: 100
            "histogram" : "HIST            | "histogram" : "HISX         | metrics[5].histogram: histogram payload is
            [ 500000000 ]                  | [ ]                         | series[0]: has 0 offsetsNanos but 1 values
            "value" : 4.5                  | "value" : 4500              | breakdowns[0]: apiserver.watches.held: secrets/token is larger than the part before it
            "secrets/token"                | "configmaps/kube-root-ca.crt in 5 namespaces" | breakdowns[0].parts[1]: "configmaps/kube-root-ca.crt in 5 namespaces" is duplicated
            "outcome" : "held"             | "outcome" : "violated"      | checks[0]: check convergence is VIOLATED with 0
            "kind" : "run"                 | "digest" : "3F2A", "kind" : "run" | digest must be 64 lowercase hexadecimal digits
            """)
    void whatIsWrongIsNamedByItsPath(String from, String to, String complaint) throws IOException {
        assertThat(JSON).contains(from);
        String wrong = replaceFirst(JSON, from, to);

        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.parse(wrong, "out/result.json"))
                .withMessageStartingWith("out/result.json: " + complaint)
                .withMessageEndingWith("; see docs/result-format.md, or create the file again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "kind" : "run"                 | "kind" : 7
            "kind" : "run",                | ``
            "durationNanos" : 20000000000  | "durationNanos" : -1
            "partial" : false              | "partial" : true
            "unit" : "1/s"                 | "unit" : "a b"
            "better" : "neither"           | "better" : "up"
            "type" : "value"               | "type" : "guess"
            "type" : "value"               | "type" : "range"
            "outcome" : "held"             | "outcome" : "violated"
            "schemaVersion" : 1            | "schemaVersion" : 2
            "kind" : "run"                 | "digest" : "3F2A", "kind" : "run"
            """)
    void theSchemaRefusesWhatTheReaderRefuses(String from, String to) throws IOException {
        String wrong = replaceFirst(JSON, from, to);

        assertThat(publishedSchema().validate(wrong, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void aNewerFormatIsRefusedWithAWayOut() {
        String newer = replaceFirst(JSON, "\"schemaVersion\" : 1", "\"schemaVersion\" : 2");

        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.parse(newer, "a.json"))
                .withMessageContaining(
                        "a.json: schemaVersion: 2 is newer than 1, the latest version that this Kubechurn can read;"
                                + " use a newer Kubechurn, or create the file again with this one");
    }

    @Test
    void unknownFieldsArePassedOver() {
        String more = replaceFirst(JSON, "\"kind\" :", "\"mood\" : {\"x\" : []},\n  \"kind\" :");

        assertThat(ResultJson.parse(more, "x")).isEqualTo(SampleResults.complete());
    }

    @Test
    void brokenJsonIsNamedByLineAndColumn() {
        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.parse("{\n  \"kind\" : run\n}", "a.json"))
                .withMessageStartingWith("a.json:2:")
                .withMessageContaining("not valid JSON")
                .withMessageEndingWith("; create the file again")
                .withMessageMatching("[^\\n]*");
        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.parse(JSON.substring(0, JSON.length() / 2), "a.json"))
                .withMessageMatching("a\\.json:\\d+:\\d+: not valid JSON: [^\\n]*");
        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.parse("{\"kind\": 1, \"kind\": 2}", "a.json"))
                .withMessageContaining("uplicate");
    }

    @Test
    void otherJsonIsRefused() {
        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.parse("[]", "a.json"))
                .withMessageStartingWith("a.json: is not an object");
        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.parse("", "a.json"))
                .withMessage("a.json: is empty; create the file again");
        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.parse(JSON + "{}", "a.json"))
                .withMessageMatching("a\\.json:\\d+:\\d+: not valid JSON: Trailing token; create the file again");
    }

    @Test
    void anAbsentFileIsSaidToBeAbsent(@TempDir Path dir) {
        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.read(dir))
                .withMessageEndingWith("result.json: no such file; give a run directory or its result.json");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused(@TempDir Path dir) throws IOException {
        Path file = Files.write(dir.resolve("r.json"), new byte[] {'{', '"', (byte) 0xff, '"', '}'});

        assertThatExceptionOfType(ResultFormatException.class)
                .isThrownBy(() -> ResultJson.read(file))
                .withMessageContaining("r.json:1:");
    }

    private static String replaceFirst(String text, String from, String to) {
        int at = text.indexOf(from);
        return text.substring(0, at) + to + text.substring(at + from.length());
    }

    /** The module's tests run in its own directory; the schema is published beside the documentation. */
    private static Schema publishedSchema() throws IOException {
        String schema = Files.readString(Path.of("..", "docs", "result.schema.json"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }
}
