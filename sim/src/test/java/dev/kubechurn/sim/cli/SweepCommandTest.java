package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Sweeps through the command line. */
final class SweepCommandTest {

    private static final List<String> SMALL = List.of(
            "--duration=10s", "--set=warmup=1s", "--set=pods.perNode=3", "--set=cluster.namespaces=1", "--seeds=2");

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    @Test
    void whatIsMissingIsMadeAndAllIsAsIfNothingHadHappened() throws IOException {
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");
        assertThat(sweep(whole, "--jobs=1")).as(terminal.err()).isZero();
        String table = tableOf(whole);
        assertThat(sweep(broken, "--jobs=3")).isZero();
        assertThat(tableOf(broken)).as("the table of more jobs").isEqualTo(table);

        Path kept = broken.resolve("runs/001-seed-42/result.json");
        byte[] before = Files.readAllBytes(kept);
        Files.delete(broken.resolve("sweep.csv"));
        Files.delete(broken.resolve("sweep.json"));
        Files.delete(broken.resolve("runs/001-seed-43/result.json"));
        Files.writeString(broken.resolve("runs/002-seed-42/result.json"), "{\"schemaVersion\": 1, ");
        Files.writeString(broken.resolve("runs/003-seed-42/.result.json.1.tmp"), "half");
        assertThat(sweep(broken)).isZero();

        assertThat(terminal.err()).contains("6 of 8 runs · 6 from before");
        assertThat(tableOf(broken)).isEqualTo(table);
        assertThat(Files.readAllBytes(kept)).as("a finished run is left alone").isEqualTo(before);
        for (String file : List.of("sweep.csv", "sweep.json", "report.html")) {
            assertThat(broken.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        try (Stream<String> lines = Files.lines(whole.resolve("sweep.csv"))) {
            assertThat(lines.map(line -> line.substring(0, Math.min(line.length(), 36))))
                    .hasSize(9);
        }
    }

    private String tableOf(Path out) {
        return terminal.out()
                .substring(terminal.out().lastIndexOf("  cluster.nodes"))
                .replace(out.toString(), "OUT");
    }

    @Test
    void anotherSweepInTheSameDirectoryIsRefused() {
        assertThat(sweep(directory.resolve("one"))).isZero();
        assertThat(sweep(directory.resolve("one"), "--set=pods.perNode=4")).isEqualTo(2);
        assertThat(terminal.err()).contains("holds another sweep").contains("choose another directory with --out");
    }

    @Test
    void shardsThatMakeNoWholeAreNotPutTogether() {
        Path parts = directory.resolve("parts");
        assertThat(sweep(parts, "--shard=0/2")).as(terminal.err()).isZero();
        assertThat(terminal.out())
                .contains("shard 0/2: 4 of 8 runs", "./kubechurn merge " + parts + " --out DIR")
                .doesNotContain("cluster.nodes   strategy");
        assertThat(merge(parts)).isEqualTo(2);
        assertThat(terminal.err()).contains("shard 1/2 is missing; give the directories of all 2");

        assertThat(sweep(directory.resolve("other"), "--shard=1/2", "--set=pods.perNode=4"))
                .isZero();
        assertThat(merge(
                        parts.resolve("shard-0-of-2"),
                        directory.resolve("other").resolve("shard-1-of-2")))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("belong to different sweeps or versions");

        assertThat(sweep(parts, "--shard=1/2")).isZero();
        assertThat(parts.resolve("shard-1-of-2/runs/001-seed-43/result.json")
                        .toFile()
                        .delete())
                .isTrue();
        assertThat(merge(parts)).isEqualTo(2);
        assertThat(terminal.err()).contains("is not finished: missing 001-seed-43; run the same command to resume it");
        assertThat(merge(parts.resolve("shard-0-of-2"), parts.resolve("shard-0-of-2")))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("shard 0/2 is given twice");
        assertThat(sweep(directory.resolve("x"), "--shard=0/9")).isEqualTo(2);
        assertThat(terminal.err()).contains("only 8 runs for 9 shards; use fewer shards");
    }

    private int merge(Path... parts) {
        List<Object> arguments = new ArrayList<>(List.of("merge"));
        arguments.addAll(List.of(parts));
        arguments.add("--out=" + directory.resolve("merged"));
        return terminal.execute(arguments.toArray());
    }

    @Test
    void aDryRunListsTheCells() {
        assertThat(sweep(directory.resolve("dry"), "--dry-run")).isZero();
        assertThat(terminal.out())
                .contains("001  cluster.nodes=1 strategy=Watch · about")
                .contains("004  cluster.nodes=2 strategy=Cache · about")
                .contains("4 cells, seeds 42, 43, 8 runs");
        assertThat(directory.resolve("dry")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--vary=cluster.nodez=2,4 | --vary cluster.nodez=2: unknown field",
                "--vary=cluster.nodes=2,x | --vary cluster.nodes=x: ",
                "--vary=cluster.nodes=2,2 | has a duplicate value",
                "--vary=cluster.nodes | has no value",
                "--vary=seed=1,2 | --seeds 3",
                "--vary=cluster.namespaces=1,20000 | configMaps.count",
                "--seeds=0 --vary=cluster.nodes=1 | must be at least 1",
                "--metric=nothing --vary=cluster.nodes=1 --duration=2s --set=warmup=1s | no run has a figure nothing",
                "--heap=12x --vary=cluster.nodes=1 | is not a size",
                "--quiet | nothing varies",
            })
    void whatIsWrongIsToldAtOnce(String arguments, String message) {
        List<String> all = new ArrayList<>(List.of("sweep", "steady-churn", "--out=" + directory.resolve("wrong")));
        all.addAll(List.of(arguments.strip().split(" ")));
        assertThat(Kubechurn.execute(terminal.terminal(), all.toArray(String[]::new)))
                .as(arguments)
                .isEqualTo(2);
        assertThat(terminal.err()).contains(message.strip()).doesNotContain("\tat ");
    }

    @Test
    void aValueMayHoldCommas() {
        assertThat(Kubechurn.execute(
                        terminal.terminal(),
                        "sweep",
                        "steady-churn",
                        "--vary=configMaps.size={lognormal: {median: 1Ki, p99: 2Ki}},1Ki",
                        "--dry-run"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).contains("002  configMaps.size=1Ki").contains("2 cells");
    }

    private int sweep(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "steady-churn", "--out=" + out));
        arguments.addAll(SMALL);
        arguments.addAll(List.of("--vary=cluster.nodes=1,2", "--vary=strategy=Watch,Cache"));
        arguments.addAll(List.of(more));
        return Kubechurn.execute(terminal.terminal(), arguments.toArray(String[]::new));
    }
}
