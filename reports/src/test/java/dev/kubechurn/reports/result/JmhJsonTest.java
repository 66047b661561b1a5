package dev.kubechurn.reports.result;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JMH wrote, as a result: directions, samples by fork, and one line for what cannot be read. */
final class JmhJsonTest {

    private static final Labels HUNDRED = Labels.of("objects", "100");

    @TempDir
    private Path directory;

    static String sample() throws IOException {
        try (InputStream in = requireNonNull(JmhJsonTest.class.getResourceAsStream("jmh.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private RunResult read(String json) throws IOException {
        return JmhJson.readAny(Files.writeString(directory.resolve("jmh.json"), json));
    }

    private static SamplesMetric samples(RunResult result, String name) {
        return (SamplesMetric) result.metric(name, HUNDRED).orElseThrow();
    }

    @Test
    void eachForkIsASample() throws Exception {
        RunResult result = read(sample());

        SamplesMetric time = samples(result, "ReflectorBenchmark.fabric8Store");
        assertThat(time.unit()).isEqualTo(new Unit("ns/op"));
        assertThat(time.descriptor().better()).isEqualTo(Better.LOWER);
        assertThat(time.forks()).hasSize(2).allMatch(fork -> fork.size() == 3);
        assertThat(time.samples()[1]).isEqualTo(1.1 * time.samples()[0], within(1e-9));
        assertThat(time.median()).isEqualTo(1.05 * time.samples()[0], within(1e-9));
        assertThat(samples(result, "ReflectorBenchmark.fabric8Store.alloc").median())
                .isEqualTo(296, within(16.0));
        assertThat(result.environment()).containsEntry("jmh", "1.37").containsKeys("jdk", "jvm");
        assertThat(result.parameters())
                .containsEntry("ReflectorBenchmark.event{objects=100} mode", "avgt")
                .containsEntry("ReflectorBenchmark.event{objects=100} measurement", "3 x 300 ms");
        assertThat(ResultJson.parse(ResultJson.write(result), "written")).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"thrpt, ops/s, HIGHER", "avgt, s/op, LOWER", "sample, s/op, LOWER", "ss, s/op, LOWER"})
    void theDirectionFollowsFromTheMode(String mode, String unit, Better better) throws Exception {
        RunResult result =
                read(sample().replace("\"avgt\"", "\"" + mode + "\"").replace("\"ns/op\"", "\"" + unit + "\""));

        assertThat(samples(result, "ReflectorBenchmark.event").descriptor().better())
                .isEqualTo(better);
        assertThat(samples(result, "ReflectorBenchmark.event").unit()).isEqualTo(new Unit(unit));
    }

    @Test
    void noAllocationIsNone() throws Exception {
        String older = sample().replace("\"gc.alloc.rate.norm\"", "\"\u00b7gc.alloc.rate.norm\"");
        String without = sample().replace("gc.alloc.rate.norm", "gc.count");

        assertThat(samples(read(older), "ReflectorBenchmark.fabric8Store.alloc").median())
                .isGreaterThan(200);
        assertThat(samples(read(without), "ReflectorBenchmark.fabric8Store.alloc")
                        .median())
                .isZero();
    }

    @Test
    void threadsSetBenchmarksApart() throws Exception {
        RunResult result = read(sample().replace("\"threads\": 1", "\"threads\": 2"));

        assertThat(result.metric("ReflectorBenchmark.event", HUNDRED.and("threads", "2")))
                .isPresent();
    }

    @Test
    void whatCannotBeReadIsSaidInOneLine() throws Exception {
        for (List<String> wrong : List.of(
                List.of("[]", "contains no benchmark"),
                List.of("[{}]", "[0].jdkVersion: is missing"),
                List.of(sample().replace("\"avgt\"", "\"fast\""), "[0].mode: \"fast\" is not a JMH mode"),
                List.of(
                        sample().replace("fabric8Store", "event"),
                        "[1]: ReflectorBenchmark.event{objects=100} is duplicated"),
                List.of(
                        sample().replaceFirst("\"rawData\": \\[\\s*\\[\\s*[0-9.]+", "\"rawData\": [ [ \"NaN\""),
                        "is NaN, which is not a measurement"),
                List.of(sample().substring(0, 300), "not valid JSON"))) {
            assertThatThrownBy(() -> read(wrong.get(0)))
                    .isInstanceOf(ResultFormatException.class)
                    .hasMessageContaining("jmh.json")
                    .hasMessageContaining(wrong.get(1))
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void oneFileIsOneRunOfJmh() throws Exception {
        String other = sample().replaceFirst("17\\.0\\.[0-9]+", "25.0.1");

        assertThatThrownBy(() -> read(other)).hasMessageContaining("jdk is ");
    }
}
