package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.cluster.Unremovable;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose kubelets write the files of volumes (V10 to V16), over HTTP and in virtual time. */
final class WrittenVolumesRunTest {

    @ParameterizedTest
    @ValueSource(strings = {"mock", "virtual"})
    void volumesAreWrittenAndNothingIsLeftOfThem(String transport) throws Exception {
        RunPlan plan = Plans.of(ReadyMadeScenarios.read(
                ReadyMadeScenarios.DEFAULT,
                Overrides.of(List.of(
                        "transport=" + transport,
                        "volumes.write=true",
                        "duration=4s",
                        "warmup=1s",
                        "kubelet.syncFrequency=500ms",
                        "cluster.nodes=2",
                        "pods.perNode=5",
                        "pods.churn.rate=5/s",
                        "updates.rate=20/s"))));
        Path root;
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            root = simulation.volumesDirectory().orElseThrow();
            assertThat(root).isDirectory();
            RunResult result = simulation.run();
            assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
            double written =
                    ((ValueMetric) result.metric("volumes.written", Labels.NONE).orElseThrow()).value();
            assertThat(written)
                    .as("two volumes of each pod, and again when an object changed")
                    .isGreaterThan(20);
        }
        try (Stream<Path> left = Files.exists(root) ? Files.list(root) : Stream.empty()) {
            assertThat(left).isEmpty();
        }
        assertThat(root).doesNotExist();
    }

    @Test
    void volumesThatCannotBeRemovedAreTheEnvironmentsFault() throws Exception {
        RunPlan plan = Plans.of(ReadyMadeScenarios.read(
                ReadyMadeScenarios.DEFAULT, Overrides.of(List.of("transport=virtual", "volumes.write=true"))));
        Simulation simulation = Simulation.of(plan, 0, figures -> {});
        Path root = simulation.volumesDirectory().orElseThrow();
        Unremovable left = Unremovable.below(root);
        try {
            assertThatThrownBy(simulation::close)
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageStartingWith(
                            "cannot delete the volumes in " + root + ": delete the directory yourself (");
        } finally {
            left.makeRemovable();
        }
        simulation.close();
        assertThat(root).doesNotExist();
    }
}
