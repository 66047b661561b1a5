package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubechurn chart}: series of a run as a picture, or one line that says why not. */
final class ChartCommandTest {

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private Path run;

    @BeforeEach
    void runSomething() {
        run = directory.resolve("run");
        assertThat(terminal.execute(
                        "run",
                        "--quiet",
                        "--transport=virtual",
                        "--duration=20s",
                        "--set=cluster.nodes=2",
                        "--out",
                        run.toString()))
                .isZero();
    }

    @Test
    void drawsSeriesOfARunDirectoryAndOfItsResult() throws Exception {
        Path picture = directory.resolve("pictures/watches.svg");
        assertThat(chart(run, picture, "apiserver.watches", "pods")).isZero();
        assertThat(Files.readString(picture)).startsWith("<svg ").contains(">apiserver.watches</text>", ">pods</text>");

        Path again = directory.resolve("again.svg");
        assertThat(chart(run.resolve("result.json"), again, "apiserver.watches", "pods"))
                .isZero();
        assertThat(again).hasSameTextualContentAs(picture);
        try (Stream<Path> files = Files.list(picture.getParent())) {
            assertThat(files).as("nothing unfinished").containsExactly(picture);
        }
    }

    @Test
    void saysWhichSeriesThereAre() {
        assertThat(chart(run, directory.resolve("x.svg"), "apiserver.watch")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("the result has no series \"apiserver.watch\"; available: ")
                .contains("apiserver.watches");
    }

    @Test
    void unitsDoNotMix() {
        assertThat(chart(run, directory.resolve("x.svg"), "apiserver.watches", "apiserver.bytes.rate"))
                .isEqualTo(2);
        assertThat(terminal.err())
                .contains("series with different units cannot share a chart: apiserver.watches in count,"
                        + " apiserver.bytes.rate in bytes/s");
    }

    @Test
    void whatIsNoResultIsTold() throws Exception {
        assertThat(chart(directory.resolve("nothing"), directory.resolve("x.svg"), "pods"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("nothing is not a file: give a run directory or its result.json");

        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"schemaVersion\": 1,");
        assertThat(chart(broken, directory.resolve("x.svg"), "pods")).isEqualTo(2);
        assertThat(terminal.err()).contains("broken.json");
        assertThat(directory.resolve("x.svg")).doesNotExist();
    }

    private int chart(Path result, Path picture, String... series) {
        Object[] arguments = new Object[4 + series.length];
        arguments[0] = "chart";
        arguments[1] = result.toString();
        System.arraycopy(series, 0, arguments, 2, series.length);
        arguments[2 + series.length] = "-o";
        arguments[3 + series.length] = picture.toString();
        return terminal.execute(arguments);
    }
}
