package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.reports.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small runs through the command line, and what they leave behind. */
final class RunCommandTest {

    private static final List<String> SMALL = List.of(
            "--duration=2s",
            "--set=warmup=1s",
            "--set=cluster.nodes=2",
            "--set=pods.perNode=5",
            "--set=kubelet.syncFrequency=1s");

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    @Test
    void aRunPrintsItsTableAndWritesItsDirectory() throws IOException {
        Path out = directory.resolve("run");
        assertThat(run("--details", "--out", out)).as(terminal.err()).isZero();

        assertThat(terminal.err()).contains("steady-churn: 2 nodes, 10 pods, Watch, seed 42, HTTP to 127.0.0.1:");
        assertThat(terminal.out())
                .contains("p50", "p90", "p99", "max", "registerPod", "getConfigMap, getSecret")
                .contains("update → kubelet", "update → volume", "first value of an object")
                .containsPattern("API server +[0-9,]+ list · [0-9,]+ watch · 0 get")
                .containsPattern("watches +[0-9,]+ at peak · 0 at the end")
                .contains("6 held, 0 violations")
                .endsWith("checks: 0 violations\n");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "result.json", "histograms.hlog", "series.csv", "scenario.yaml", "report.html");
        }
        RunResult result = ResultJson.read(out);
        assertThat(result.name()).isEqualTo("steady-churn");
        assertThat(result.parameters()).containsEntry("cluster.nodes", "2");
        assertThat(result.checksHeld()).isTrue();
    }

    @Test
    void theWrittenScenarioRepeatsTheRun() throws IOException {
        Path first = directory.resolve("first");
        assertThat(run("--seed", 7, "--out", first)).isZero();
        Path second = directory.resolve("second");
        assertThat(new CapturedTerminal().execute("run", first.resolve("scenario.yaml"), "--out", second))
                .isZero();
        assertThat(ResultJson.read(second).parameters())
                .isEqualTo(ResultJson.read(first).parameters())
                .containsEntry("seed", "7");
        assertThat(second.resolve("scenario.yaml")).hasSameTextualContentAs(first.resolve("scenario.yaml"));
    }

    @Test
    void jsonGoesToStandardOutputAlone() throws IOException {
        Path out = directory.resolve("run");
        assertThat(run("--json", "--out", out)).isZero();
        RunResult printed = ResultJson.parse(terminal.out(), "standard output");
        assertThat(printed).isEqualTo(ResultJson.read(out));
    }

    @Test
    void quietPrintsTheVerdictAlone() {
        assertThat(run("--quiet", "--out", directory.resolve("run"))).isZero();
        assertThat(terminal.out()).isEqualTo("checks: 0 violations\n");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void anOlderResultIsReplaced() throws IOException {
        Path out = directory.resolve("run");
        Files.createDirectories(out);
        Files.writeString(out.resolve(RunDirectory.RESULT), "old");
        assertThat(run("--quiet", "--out", out)).isZero();
        assertThat(ResultJson.read(out).checksHeld()).isTrue();
    }

    private int run(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("run"));
        all.addAll(SMALL);
        all.addAll(List.of(arguments));
        return terminal.execute(all.toArray());
    }
}
