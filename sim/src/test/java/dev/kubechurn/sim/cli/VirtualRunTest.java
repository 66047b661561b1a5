package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.ResultDigest;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in virtual time through the command line. */
final class VirtualRunTest {

    private static final List<String> SMALL = List.of(
            "--transport=virtual",
            "--duration=60s",
            "--set=warmup=5s",
            "--set=cluster.nodes=2",
            "--set=pods.perNode=5",
            "--set=kubelet.syncFrequency=5s");

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    @Test
    void printsAndStoresItsDigestAndItsSpeed() throws IOException {
        assertThat(run("--details", "--out", directory.resolve("run")))
                .as(terminal.err())
                .isZero();

        assertThat(terminal.err()).contains("steady-churn: 2 nodes, 10 pods, Watch, seed 42, virtual time");
        RunResult result = ResultJson.read(directory.resolve("run"));
        assertThat(result.digest()).isEqualTo(ResultDigest.of(result));
        assertThat(terminal.out())
                .contains("digest       sha256 " + result.digest() + "\n")
                .containsPattern("engine +[0-9,]+ events in .* of wall time · [0-9,]+ events/s · .* · ×[0-9]");
        assertThat(result.metric("engine.wall")).isPresent();
        try (Stream<Path> files = Files.list(directory.resolve("run"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("the same files as over HTTP")
                    .containsExactlyInAnyOrder(
                            "result.json", "histograms.hlog", "series.csv", "scenario.yaml", "report.html");
        }
    }

    @Test
    void theWrittenScenarioRepeatsTheDigestAndAnotherSeedDoesNot() {
        Path first = directory.resolve("first");
        assertThat(run("--out", first)).isZero();
        Path second = directory.resolve("second");
        assertThat(new CapturedTerminal().execute("run", first.resolve("scenario.yaml"), "--out", second))
                .isZero();
        assertThat(run("--seed=43", "--out", directory.resolve("other"))).isZero();

        assertThat(digest("second")).isEqualTo(digest("first")).isNotEqualTo(digest("other"));
    }

    @Test
    void jsonHasTheDigestToo() {
        assertThat(run("--json", "--out", directory.resolve("run"))).isZero();
        assertThat(ResultJson.parse(terminal.out(), "standard output").digest()).isEqualTo(digest("run"));
    }

    @Test
    void aRunThatCannotFitTheHeapIsRefusedBeforeAnythingIsWritten() {
        Path out = directory.resolve("run");
        assertThat(run("--set=cluster.nodes=100000", "--set=pods.perNode=500", "--out", out))
                .isEqualTo(2);
        assertThat(terminal.errLines())
                .singleElement()
                .asString()
                .contains("the run needs about ", " GiB for 100,000 nodes, 50,000,000 pods", "use --heap ");
        assertThat(terminal.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12x    | --heap 12x is not a size: write it like 512m or 20g
            20     | --heap 20 is not a size: write it like 512m or 20g
            -1g    | --heap -1g is not a size: write it like 512m or 20g
            20g    | --heap 20g needs the launcher ./kubechurn and a size between 64m and 16384g; with java, use -Xmx
            1m     | --heap 1m needs the launcher ./kubechurn and a size between 64m and 16384g; with java, use -Xmx
            """)
    void aHeapThatTheLauncherDidNotTakeIsRefusedInOneLine(String size, String complaint) {
        Path out = directory.resolve("run");
        assertThat(run("--heap=" + size, "--out", out)).isEqualTo(2);
        assertThat(terminal.errLines()).singleElement().asString().startsWith("kubechurn run: " + complaint);
        assertThat(out).doesNotExist();
    }

    private String digest(String run) {
        return String.valueOf(ResultJson.read(directory.resolve(run)).digest());
    }

    private int run(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("run"));
        all.addAll(SMALL);
        all.addAll(List.of(arguments));
        return terminal.execute(all.toArray());
    }
}
