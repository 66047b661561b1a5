package dev.kubechurn.sim.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.sim.run.Plans;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.Scenario;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class JobManifestsTest {

    private static JobManifests of(String description) throws Exception {
        Scenario settled = ReadyMadeScenarios.read("settled", Overrides.none().withTransport("cluster"));
        Scenario scenario = new Scenario(new Scenario.Metadata("settled", description), settled.spec());
        RunTask task = new RunTask(scenario, Plans.of(scenario), "id", 50);
        JobSettings settings = new JobSettings(
                "kubechurn",
                JobSettings.name(task),
                "kubechurn",
                2,
                OptionalInt.empty(),
                new Quantity("1"),
                Optional.empty(),
                Storage.Existing.of("claim"));
        return JobManifests.of(task, settings, List.of());
    }

    /** The reader's own bounds keep scenarios far below it; whoever widens them finds this one. */
    @Test
    void aScenarioThatNoConfigMapHoldsIsRefused() throws Exception {
        assertThat(of("x".repeat(1_000_000)).yaml()).contains("kubechurn-id-scenario");
        assertThatThrownBy(() -> of("x".repeat(1 << 20)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("a ConfigMap holds at most 1048576")
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> of("\u20ac".repeat(400_000)))
                .as("bytes are counted, not characters")
                .isInstanceOf(JobException.class);
    }

    @Test
    void oneStreamHasOneHead() throws Exception {
        List<String> lines = of("settled").yaml().lines().toList();
        assertThat(lines.get(0)).startsWith("# ");
        List<String> body =
                lines.stream().dropWhile(line -> line.startsWith("#")).toList();
        assertThat(body.get(0)).isEqualTo("---");
        assertThat(body).filteredOn("---"::equals).hasSize(6);
        assertThat(body).noneMatch(line -> line.isBlank() || line.contains("status: {}"));
        for (int i = 1; i < body.size(); i++) {
            assertThat(body.get(i).equals("---") && body.get(i - 1).equals("---"))
                    .isFalse();
        }
    }
}
