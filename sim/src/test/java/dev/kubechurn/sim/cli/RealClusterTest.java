package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.validation.Validation;
import dev.kubechurn.sim.validation.ValidationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Predictions held against a real cluster, the counts of its API server and, where their program is named, the kubelet's own
 * managers: {@code mvn verify -Preal-cluster -Dkubeconfig=FILE -Drealmanager=FILE}.
 */
@Tag("real-cluster")
@EnabledIfSystemProperty(named = RealCluster.PROPERTY, matches = ".+")
final class RealClusterTest {

    @TempDir
    private Path directory;

    @Test
    void countsWhatThePredictionCounts() {
        CapturedTerminal terminal = new CapturedTerminal();
        Path real = directory.resolve("real");
        Path predicted = directory.resolve("predicted");
        assertThat(terminal.execute(
                        "run",
                        "settled",
                        "--transport=cluster",
                        "--yes",
                        "--kubeconfig=" + RealCluster.kubeconfig().orElseThrow(),
                        "--out",
                        real))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.execute("run", "settled", "--transport=virtual", "--out", predicted))
                .isZero();

        assertThat(terminal.execute("compare", "--prediction", predicted, "--", real))
                .as(terminal.out())
                .isZero();
    }

    static List<String> cases() {
        return Validation.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predictedSentAndCountedAgree(String name) {
        CapturedTerminal terminal = new CapturedTerminal();
        List<String> command = new ArrayList<>(List.of(
                "validate",
                name,
                "--kubeconfig=" + RealCluster.kubeconfig().orElseThrow(),
                "--out=" + directory.resolve("validation")));
        RealCluster.realmanager().ifPresent(program -> command.add("--realmanager=" + program));

        assertThat(terminal.execute(command.toArray()))
                .as(terminal.out() + terminal.err())
                .isZero();
        ValidationReport report = ValidationReport.read(directory.resolve("validation"));
        assertThat(report.results()).hasSize(1).allSatisfy(result -> {
            assertThat(result.figures())
                    .anySatisfy(figure -> assertThat(figure.counted()).isPositive());
            assertThat(RealCluster.realmanager().isPresent() || result.kubelet() == null)
                    .isTrue();
        });
    }
}
