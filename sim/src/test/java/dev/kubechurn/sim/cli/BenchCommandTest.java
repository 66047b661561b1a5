package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubechurn bench}: what JMH is told, what is kept of what it says, and one line for what goes wrong. */
final class BenchCommandTest {

    private static final String JAR = "kubechurn.bench";

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private Path out;

    @BeforeEach
    void build() throws Exception {
        System.setProperty(JAR, RecordedJmh.jar(directory, RecordedJmh.class).toString());
        out = directory.resolve("out");
    }

    @AfterEach
    void forget() {
        System.clearProperty(JAR);
    }

    private int bench(String... arguments) {
        Object[] all = Stream.concat(Stream.of("bench", "--out", out), Stream.of(arguments))
                .toArray();
        return terminal.execute(all);
    }

    @Test
    void keepsWhatWasMeasuredAndOnWhat() throws Exception {
        assertThat(bench("Lookup")).as(terminal.err()).isZero();

        assertThat(terminal.out())
                .containsSubsequence("LookupBenchmark", "manager", "100", "25.5 ns/op", "25 ns/op to 26 ns/op")
                .endsWith(out + "\n");
        assertThat(terminal.err()).contains("50.00 % done, 00:00:42 left: LookupBenchmark.manager (objects = 100)");
        RunResult result = ResultJson.read(out);
        assertThat(result.kind()).isEqualTo(RunResult.BENCHMARK);
        assertThat(result.environment())
                .containsEntry("blackholes", "compiler")
                .containsEntry("jdk", "17.0.1")
                .containsKeys("cpus", "kubechurn", "os")
                .doesNotContainKey("gc");
        assertThat(result.parameters()).containsEntry("LookupBenchmark.manager{objects=100} jvmArguments", "-Xmx1g");
        assertThat(out.resolve("jmh.json")).isRegularFile();
    }

    @Test
    void tellsJmhWhatItWasTold() throws Exception {
        assertThat(bench("Lookup", "--quick", "-t", "2", "-f", "3", "-p", "objects=100,200", "--quiet"))
                .isZero();

        assertThat(Files.readString(out.resolve("jmh.log")))
                .contains("arguments Lookup -prof gc -rf json -rff " + out.resolve("jmh.json") + " -foe true "
                        + "-f 3 -wi 5 -i 3 -w 300ms -r 300ms -t 2 -p objects=100,200");
        assertThat(terminal.out()).isEqualTo(out + "\n");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void printsTheResultAsJson() {
        assertThat(bench("Lookup", "--json")).isZero();

        assertThat(ResultJson.parse(terminal.out(), "out").metrics()).hasSize(2);
    }

    @Test
    void saysWhichBenchmarksThereAre() {
        assertThat(bench("nonsense")).isEqualTo(2);

        assertThat(terminal.err()).contains("no benchmark matches \"nonsense\"; available: LookupBenchmark.manager");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesWhatJmhWouldChokeOn() {
        for (List<String> wrong : List.of(
                List.of("(", "is not a regular expression: Unclosed group"),
                List.of("-f0", "--forks 0 is not between 1 and 1000"),
                List.of("-pobjects", "--param \"objects\" is not in the form NAME=VALUE"))) {
            assertThat(bench(wrong.get(0))).isEqualTo(2);
            assertThat(terminal.err()).contains(wrong.get(1));
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void saysWhyJmhFailed() {
        assertThat(bench("broken")).isEqualTo(3);

        assertThat(terminal.err())
                .contains("JMH exited with code 1: java.lang.IllegalStateException: the setup failed; see " + out);
        assertThat(out.resolve("result.json")).doesNotExist();
    }

    @Test
    void saysHowToBuildTheBenchmarks() {
        System.setProperty(JAR, directory.resolve("nowhere.jar").toString());

        assertThat(bench("Lookup")).isEqualTo(3);
        assertThat(terminal.err()).contains("./kubechurn bench").hasLineCount(1);
    }

    @Test
    void comparesWithAnotherVersionInPairs() throws Exception {
        Path slower = RecordedJmh.jar(directory, RecordedJmh.Slower.class);
        assertThat(bench("Lookup", "--against", slower.toString(), "--pairs", "6"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .contains("PASS: No significant regressions.", "1 improved")
                .endsWith("comparison.html\n");
        assertThat(terminal.err())
                .contains("6 pairs, 84 JVMs: about 16.1 min; if interrupted, ")
                .contains("1 of 6 pairs, about ");

        String ours = System.getProperty(JAR);
        System.setProperty(JAR, slower.toString());
        Path other = directory.resolve("other");
        assertThat(terminal.execute("bench", "Lookup", "--out", other, "--against", ours, "--pairs", "6"))
                .isEqualTo(1);
        assertThat(other.resolve("comparison.json")).content().contains("\"failed\" : true", "\"paired\" : true");
        assertThat(other.resolve("comparison.html")).content().contains("1 regression", "12 pairs of forks");
    }

    @Test
    void measuresTheNoiseOfTheBaseBesideIt() {
        String same = System.getProperty(JAR);
        assertThat(bench("Lookup", "--against", same, "--pairs", "6", "--noise"))
                .isZero();

        assertThat(out.resolve("pair-005-000-again.json")).exists();
        assertThat(out.resolve("comparison.json"))
                .content()
                .containsPattern("\"noise\" : 0\\.(1|09)")
                .contains("\"blackholes\" : \"compiler\"");
        assertThat(bench("Lookup", "--noise")).isEqualTo(2);
    }

    @Test
    void goesOnWhereItWas() throws Exception {
        String same = System.getProperty(JAR);
        assertThat(bench("Lookup", "--against", same, "--pairs", "6")).isZero();
        Path kept = out.resolve("pair-003-000-base.json");
        Path missing = out.resolve("pair-004-000-candidate.json");
        String text = Files.readString(kept).replace("25.0", "25.25");
        Files.writeString(kept, text);
        Files.delete(missing);

        assertThat(bench("Lookup", "--against", same, "--pairs", "6")).isZero();
        assertThat(kept).hasContent(text);
        assertThat(missing).exists();
        assertThat(bench("Lookup", "--against", same, "--pairs", "7")).isEqualTo(2);
        assertThat(terminal.err()).contains("holds pairs of another plan");
    }

    @Test
    void whatItIsComparedWithMustBeThere() {
        assertThat(bench("Lookup", "--against", "no-such-version")).isEqualTo(2);
        assertThat(terminal.err()).contains("--against no-such-version is neither a jar nor a commit");
        assertThat(bench("Lookup", "--pairs", "3")).isEqualTo(2);
        assertThat(bench("Lookup", "--against", System.getProperty(JAR), "-f", "3"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("need --against", "cannot be combined with --forks; use --pairs");
        assertThat(bench("Lookup", "--against", System.getProperty(JAR), "--pairs", "3"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("cannot fail");
    }

    @Test
    void endsJmhWhenInterrupted() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        JmhProcess jmh = JmhProcess.start(
                JmhProcess.jar(), List.of("endless"), Files.createDirectory(out).resolve("jmh.log"));
        Thread interruption = new Thread(() -> {
            try {
                running.await();
            } catch (InterruptedException e) {
                return;
            }
            jmh.stop();
        });
        interruption.start();
        StringWriter shown = new StringWriter() {
            @Override
            public void flush() {
                running.countDown();
            }
        };
        Terminal watched = new Terminal(new PrintWriter(shown), new PrintWriter(shown), false);

        JmhProcess.Outcome outcome = jmh.follow(new BenchProgress(watched, false));
        assertThat(outcome.stopped()).isTrue();
        assertThat(outcome.exitCode()).isNotZero();
    }
}
