package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets one clear line and exit code 2, a failed environment gets 3, and nothing is left half-written. */
final class BadInputTest {

    private static final String HEAD = "apiVersion: kubechurn.dev/v1\nkind: Scenario\nmetadata: {name: bad}\nspec:\n";

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private Path out;

    @BeforeEach
    void chooseOutput() {
        out = directory.resolve("out");
    }

    @Test
    void anUnknownFieldIsToldWithItsLineAndTheNearestName() throws IOException {
        Path file = scenario("  updates:\n    rat: 5/s\n");
        assertThat(run(file)).isEqualTo(2);
        assertThat(terminal.errLines())
                .containsExactly(file + ":6: unknown field \"updates.rat\"; did you mean \"rate\"?");
        assertNothingWritten();
    }

    @Test
    void aBadUnitIsToldWithTheFieldAndHowToWriteIt() throws IOException {
        Path file = scenario("  duration: 20 parsecs\n");
        assertThat(run(file)).isEqualTo(2);
        assertThat(onlyLine()).startsWith(file + ":5:").contains("duration", "20 parsecs", "90s");
        assertNothingWritten();
    }

    @Test
    void aNegativeRateIsRefused() throws IOException {
        Path file = scenario("  pods: {churn: {rate: -1/s}}\n");
        assertThat(run(file)).isEqualTo(2);
        assertThat(onlyLine()).startsWith(file + ":5:").contains("pods.churn.rate", "negative");
        assertNothingWritten();
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        Path file = directory.resolve("absent.yaml");
        assertThat(run(file)).isEqualTo(2);
        assertThat(onlyLine()).contains(file.toString());
        assertNothingWritten();
    }

    @Test
    void aDirectoryIsNoScenario() {
        assertThat(run(directory)).isEqualTo(2);
        assertThat(onlyLine()).contains(directory.toString());
    }

    @Test
    void aFileThatIsNoYamlIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(directory.resolve("broken.yaml"), HEAD + "  pods: {perNode: [\n");
        assertThat(run(file)).isEqualTo(2);
        assertThat(onlyLine()).startsWith(file + ":");
        assertNothingWritten();
    }

    @Test
    void aBinaryFileIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("binary.yaml"), new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe});
        assertThat(run(file)).isEqualTo(2);
        assertThat(onlyLine()).startsWith(file + ":");
        assertNothingWritten();
    }

    @Test
    void aSeedThatIsNoNumberIsRefused() {
        assertThat(terminal.execute("run", "--seed", "x", "--out", out)).isEqualTo(2);
        assertThat(onlyLine()).startsWith("kubechurn run:").contains("--seed", "'x'", "--help");
        assertNothingWritten();
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThat(terminal.execute("run", "--sed", "1", "--out", out)).isEqualTo(2);
        assertThat(onlyLine()).startsWith("kubechurn run:").contains("--sed");
        assertNothingWritten();
    }

    @Test
    void anUnknownScenarioIsToldWithTheNearestName() {
        assertThat(run("stedy-churn")).isEqualTo(2);
        assertThat(onlyLine()).contains("stedy-churn", "steady-churn");
        assertNothingWritten();
    }

    @Test
    void aSettingThatDoesNotFitIsToldWithItsOption() {
        assertThat(terminal.execute("run", "--set", "pods.perNod=3", "--out", out))
                .isEqualTo(2);
        assertThat(onlyLine()).startsWith("--set pods.perNod=3:").contains("did you mean \"perNode\"?");
        assertNothingWritten();
    }

    @Test
    void whatCannotBeDoneToARealServerIsRefused() {
        assertThat(terminal.execute("run", "faulty", "--transport", "cluster", "--out", out))
                .isEqualTo(2);
        assertThat(onlyLine()).contains("\"faults\": ", "is not supported on a real cluster");
        assertNothingWritten();
    }

    @Test
    void anOutputDirectoryThatIsAFileIsRefusedBeforeTheRun() throws IOException {
        Files.writeString(out, "mine");
        assertThat(terminal.execute("run", "--out", out)).isEqualTo(2);
        assertThat(onlyLine()).contains(out.toString(), "is a file");
        assertThat(out).hasContent("mine");
    }

    @Test
    void anOutputDirectoryThatCannotBeMadeIsRefusedBeforeTheRun() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertThat(terminal.execute("run", "--out", file.resolve("below"))).isEqualTo(2);
        assertThat(onlyLine()).contains(file.resolve("below").toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    void aPortInUseIsTheEnvironmentsFault() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(terminal.execute("run", "--port", port, "--out", out)).isEqualTo(3);
            assertThat(onlyLine()).startsWith("--port " + port + ":").contains("in use");
        }
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "70000", "2147483647"})
    void aPortThatIsNoneIsRefused(String port) {
        assertThat(terminal.execute("run", "--port", port, "--out", out)).isEqualTo(2);
        assertThat(onlyLine()).startsWith("kubechurn run: --port " + port + " ").contains("use 1 to 65535");
        assertNothingWritten();
    }

    @Test
    void aPortThatIsNoNumberIsRefused() {
        assertThat(terminal.execute("run", "--port", "99999999999", "--out", out))
                .isEqualTo(2);
        assertThat(onlyLine()).startsWith("kubechurn run:").contains("--port", "99999999999");
        assertNothingWritten();
    }

    @Test
    void severalProblemsOfOneFileAreToldAtOnce() throws IOException {
        Path file = scenario("  duration: soon\n  updates: {rat: 5/s}\n");
        assertThat(run(file)).isEqualTo(2);
        assertThat(terminal.errLines()).hasSize(2).allMatch(line -> line.startsWith(file + ":"));
        assertNothingWritten();
    }

    private int run(Object scenario) {
        return terminal.execute("run", scenario, "--out", out);
    }

    private Path scenario(String spec) throws IOException {
        return Files.writeString(directory.resolve("scenario.yaml"), HEAD + spec, StandardCharsets.UTF_8);
    }

    private String onlyLine() {
        List<String> lines = terminal.errLines();
        assertThat(lines).hasSize(1);
        assertThat(terminal.out()).isEmpty();
        return lines.get(0);
    }

    private void assertNothingWritten() {
        assertThat(out).doesNotExist();
    }
}
