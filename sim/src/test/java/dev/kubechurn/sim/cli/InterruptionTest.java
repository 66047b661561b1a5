package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C as a person presses it: a signal to the real command in a JVM of its own. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class InterruptionTest {

    private static final int SIGINT_EXIT = 130;

    @TempDir
    private Path directory;

    /** What an interrupted command left behind. */
    private record Interrupted(int exitCode, String out, String err) {}

    @Test
    void anInterruptedRunWritesAndPrintsItsPartialResult() throws Exception {
        Interrupted run = interrupt(List.of("-Dkubechurn.interactive=true"), List.of());
        assertThat(run.exitCode).as(run.err).isEqualTo(SIGINT_EXIT);
        assertThat(run.out)
                .contains("update → kubelet", "open watches")
                .containsPattern("partial +interrupted\n")
                .containsPattern("checks +[0-9]+ held, 0 violations");
        assertPartial(ResultJson.read(out()));
        assertThat(out().resolve("scenario.yaml")).isNotEmptyFile();
    }

    @Test
    void anInterruptedRunPrintsOneWholeJsonDocument() throws Exception {
        Interrupted run = interrupt(List.of(), List.of("--json"));
        assertThat(run.exitCode).as(run.err).isEqualTo(SIGINT_EXIT);
        RunResult printed = ResultJson.parse(run.out, "standard output");
        assertPartial(printed);
        assertThat(printed).isEqualTo(ResultJson.read(out()));
    }

    private static void assertPartial(RunResult result) {
        assertThat(result.partial()).isTrue();
        assertThat(result.partialReason()).isEqualTo("interrupted");
        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
    }

    private Path out() {
        return directory.resolve("run");
    }

    /** Runs for an hour, or until the first live figures are there. */
    private Interrupted interrupt(List<String> javaOptions, List<String> options)
            throws IOException, InterruptedException {
        Path stdout = directory.resolve("stdout");
        Process process = new ProcessBuilder(command(javaOptions, options))
                .redirectOutput(stdout.toFile())
                .start();
        try (Reader reader = process.errorReader(StandardCharsets.UTF_8)) {
            StringBuilder err = new StringBuilder();
            readUntil("updates/s", reader, err);
            signal(process);
            readToEnd(reader, err);
            return new Interrupted(process.waitFor(), Files.readString(stdout), err.toString());
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(List<String> javaOptions, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(heedingSigint());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.addAll(javaOptions);
        command.addAll(List.of(
                Kubechurn.class.getName(),
                "run",
                "--duration=1h",
                "--set=warmup=0s",
                "--set=cluster.nodes=2",
                "--set=pods.perNode=5",
                "--set=kubelet.syncFrequency=1s",
                "--out=" + out()));
        command.addAll(options);
        return command;
    }

    /** A build in the background ignores SIGINT, and so would its children; GNU's env can mend that. */
    private static List<String> heedingSigint() throws IOException, InterruptedException {
        Process probe = new ProcessBuilder("sh", "-c", "env --default-signal=INT true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return probe.waitFor() == 0 ? List.of("env", "--default-signal=INT") : List.of();
    }

    private static void signal(Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void readUntil(String text, Reader reader, StringBuilder into) throws IOException {
        for (int read = reader.read(); read >= 0; read = reader.read()) {
            into.append((char) read);
            if (into.indexOf(text) >= 0) {
                return;
            }
        }
        throw new AssertionError("ended without \"" + text + "\": " + into);
    }

    private static void readToEnd(Reader reader, StringBuilder into) throws IOException {
        for (int read = reader.read(); read >= 0; read = reader.read()) {
            into.append((char) read);
        }
    }
}
