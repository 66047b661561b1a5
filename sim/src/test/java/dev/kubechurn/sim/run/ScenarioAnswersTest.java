package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The figures of docs/scenarios.md are those of its commands. {@code mvn verify} asks for the cheap ones; for all, and to
 * write them anew (minutes; {@code -Dkubechurn.writeAnswers=strategy} for one scenario):
 * {@code mvn -pl sim -am test -Dtest=ScenarioAnswersTest -Dkubechurn.writeAnswers -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class ScenarioAnswersTest {

    private static final Path FILE = Path.of("..", "docs", "scenarios.md");

    /** Those whose runs take less than two seconds each. */
    private static final Set<String> CHEAP = Set.of("http2-streams");

    private static boolean write() {
        return System.getProperty("kubechurn.writeAnswers") != null;
    }

    static List<String> asked() throws IOException {
        List<String> all = ScenarioAnswers.read(FILE).scenarios();
        if (!write()) {
            return all.stream().filter(CHEAP::contains).toList();
        }
        // Maven makes "true" of a property that is given without a value.
        String only = System.getProperty("kubechurn.writeAnswers", "");
        return Set.of("", "true").contains(only) ? all : List.of(only);
    }

    @ParameterizedTest
    @MethodSource("asked")
    void figuresAreThoseOfTheCommands(String scenario) throws Exception {
        String written = Files.readString(FILE);
        Map<String, String> charts = new TreeMap<>();
        String now = ScenarioAnswers.read(FILE).answeredAnew(scenario, charts);
        assertThat(charts).isNotEmpty();
        if (write()) {
            Files.writeString(FILE, now);
            Files.createDirectories(FILE.resolveSibling("scenarios"));
            for (Map.Entry<String, String> chart : charts.entrySet()) {
                Files.writeString(FILE.resolveSibling(chart.getKey()), chart.getValue());
            }
        } else {
            assertThat(written).isEqualTo(now);
            for (Map.Entry<String, String> chart : charts.entrySet()) {
                assertThat(FILE.resolveSibling(chart.getKey())).hasContent(chart.getValue());
            }
        }
    }

    @Test
    void everyQuestionIsThereInItsOwnWords() throws Exception {
        String text = Files.readString(FILE);
        List<String> answered = ScenarioAnswers.read(FILE).scenarios();
        assertThat(answered).containsAll(CHEAP);
        assertThat(ReadyMadeScenarios.names()).containsAll(answered);
        assertThat(ReadyMadeScenarios.all().stream()
                        .filter(scenario ->
                                answered.contains(scenario.metadata().name())))
                .allSatisfy(scenario -> assertThat(text)
                        .contains("\n## `" + scenario.metadata().name() + "`\n\n*"
                                + scenario.metadata().description() + "*\n"));
    }
}
