package dev.kubechurn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schema in docs is the one that the code describes, and it agrees with the reader. To write it anew:
 * {@code mvn -pl sim -am test -Dtest=ScenarioSchemaTest -Dkubechurn.writeSchema -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ScenarioSchemaTest {

    private static final Path FILE = Path.of("..", "docs", "scenario.schema.json");
    private static final String HEAD = "apiVersion: kubechurn.dev/v1\nkind: Scenario\nmetadata: {name: t}\nspec:\n";

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioSchema.json(), InputFormat.JSON);

    @Test
    void fileIsUpToDate() throws IOException {
        if (System.getProperty("kubechurn.writeSchema") != null) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, ScenarioSchema.json());
        }
        assertThat(Files.readString(FILE, StandardCharsets.UTF_8)).isEqualTo(ScenarioSchema.json());
    }

    static List<String> names() {
        return ReadyMadeScenarios.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesEveryReadyMadeScenarioAndItsDump(String name) throws Exception {
        assertThat(errors(Files.readString(Path.of("..", "scenarios", name + ".yaml"))))
                .isEmpty();
        assertThat(errors(ReadyMadeScenarios.read(name, Overrides.none()).toYaml()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pods: {churn: {percent: 5%, delay: 10s}}",
                "configMaps: {size: 1Ki..2Ki}",
                "configMaps: {size: 512}",
                "kubelet: {ttl: 1m30s}",
                "updates: {popularity: uniform}",
                "kubernetesVersion: 1.33",
                "apiServer: {watchCache: {events: 100}}",
                "faults: []",
                "faults: [{at: 0s, dropWatches: {}}, {every: 1ms, compact: {watches: 0%}}]",
                "faults: [{at: 2s, error: {verb: list, status: 500, fraction: 5%, retryAfter: 1s, for: 5s}}]",
                "faults: [{at: 2s, restartServer: {replicas: one, for: 5s}}, {at: 2s, loseNodes: {nodes: 5%}}]"
            })
    void takesWhatTheReaderTakes(String line) throws Exception {
        assertThat(ScenarioReader.read("t", HEAD + "  " + line, Overrides.none()))
                .isNotNull();
        assertThat(errors(HEAD + "  " + line)).isEmpty();
    }

    static Stream<String> bad() {
        return Stream.of(
                        "updates: {rat: 5/s}",
                        "duration: 20 parsecs",
                        "duration: 20",
                        "duration:",
                        "updates: {rate: -5/s}",
                        "strategy: watch",
                        "cluster: {nodes: 0}",
                        "cluster: {nodes: '3'}",
                        "configMaps: {immutable: 10}",
                        "configMaps: {size: 1KB}",
                        "configMaps: {size: {gauss: 1}}",
                        "configMaps: {size: {lognormal: {median: 1Ki}}}",
                        "pods: {churn: {rate: 5/s, percent: 3%}}",
                        "pods: {references: {kubeRootCA: 'true'}}",
                        "pods: {references: {popularity: {zipf: 0}}}",
                        "kubernetesVersion: '2.0'",
                        "faults: {}",
                        "faults: [{at: 2s}]",
                        "faults: [{dropWatches: {}}]",
                        "faults: [{at: 2s, every: 2s, dropWatches: {}}]",
                        "faults: [{at: 2s, dropWatches: {}, compact: {}}]",
                        "faults: [{at: 2s, dropWatches: {half: 50%}}]",
                        "faults: [{at: 2s, error: {status: 200, for: 1s}}]",
                        "faults: [{at: 2s, partition: {nodes: 50%}}]")
                .map(line -> HEAD + "  " + line);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatTheReaderRefuses(String text) throws Exception {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        ScenarioException.class, () -> ScenarioReader.read("t", text, Overrides.none())))
                .isNotNull();
        assertThat(errors(text)).isNotEmpty();
    }

    private List<com.networknt.schema.Error> errors(String yaml) throws Exception {
        Object plain = ScenarioReader.YAML.documents("t", yaml).get(0).plain();
        return schema.validate(JsonMapper.builder().build().writeValueAsString(plain), InputFormat.JSON);
    }
}
