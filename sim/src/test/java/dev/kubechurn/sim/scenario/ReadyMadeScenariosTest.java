package dev.kubechurn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadyMadeScenariosTest {

    @Test
    void registryIsTheFolder() throws IOException {
        try (var files = Files.list(Path.of("..", "scenarios"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(ReadyMadeScenarios.names().stream()
                            .map(name -> name + ".yaml")
                            .toList());
        }
    }

    @Test
    void eachBearsItsFilesNameAndAsksAQuestion() {
        assertThat(ReadyMadeScenarios.all())
                .extracting(scenario -> scenario.metadata().name())
                .containsExactlyElementsOf(ReadyMadeScenarios.names());
        assertThat(ReadyMadeScenarios.all())
                .allSatisfy(scenario -> assertThat(scenario.metadata().description())
                        .contains("?")
                        .hasSizeLessThan(120));
    }

    /** Those that take wall time; virtual time costs nobody a wait, and no socket. */
    private static List<Scenario> overHttp() {
        return ReadyMadeScenarios.all().stream()
                .filter(scenario -> scenario.spec().transport() == Transport.MOCK)
                .toList();
    }

    /** A soak takes its time. */
    @Test
    void eachIsShortButThoseThatCannotBe() {
        assertThat(overHttp())
                .filteredOn(scenario -> scenario.spec().duration().compareTo(Duration.ofMinutes(1)) > 0)
                .extracting(scenario -> scenario.metadata().name())
                .containsExactly("soak");
    }

    /** No node can watch more than its pods refer to, each reference a different object, nor more than there are. */
    @Test
    void eachKeepsWithinEightThousandWatches() {
        assertThat(overHttp()).allSatisfy(scenario -> {
            ScenarioSpec spec = scenario.spec();
            int references = spec.pods().references().perPod() * spec.pods().perNode();
            int objects = spec.configMaps().count() + spec.secrets().count();
            int rootCas = spec.pods().references().kubeRootCA() ? spec.cluster().namespaces() : 0;
            assertThat(spec.cluster().nodes() * (Math.min(references, objects) + rootCas))
                    .isLessThanOrEqualTo(8000);
        });
    }

    @Test
    void theDefaultIsSixHundredPods() throws ScenarioException {
        ScenarioSpec spec =
                ReadyMadeScenarios.read("steady-churn", Overrides.none()).spec();
        assertThat(spec.cluster().nodes() * spec.pods().perNode()).isEqualTo(600);
        assertThat(spec.duration()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void suggestsANameThatExists() {
        assertThatThrownBy(() -> ReadyMadeScenarios.read("stedy-churn", Overrides.none()))
                .hasMessage("no scenario named \"stedy-churn\"; did you mean \"steady-churn\"?");
        assertThat(ReadyMadeScenarios.nearest("kube-root-cs")).contains("kube-root-ca");
    }
}
