package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The prediction held against a real cluster: {@code mvn verify -Preal-cluster -Dkubeconfig=FILE}. */
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
}
