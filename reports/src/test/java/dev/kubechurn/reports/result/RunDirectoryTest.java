package dev.kubechurn.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void writesTheResultAndWhatItIsHanded() throws IOException {
        Path dir = temporary.resolve("out/steady-churn-42");
        RunDirectory.open(dir).write(SampleResults.complete(), Map.of("scenario.yaml", "kind: Scenario\n"));

        assertThat(names(dir))
                .containsExactlyInAnyOrder("result.json", "histograms.hlog", "series.csv", "scenario.yaml");
        assertThat(ResultJson.read(dir)).isEqualTo(SampleResults.complete());
        assertThat(ResultJson.read(dir.resolve("result.json"))).isEqualTo(SampleResults.complete());
        assertThat(dir.resolve("scenario.yaml")).hasContent("kind: Scenario\n");
    }

    @Test
    void whatItCreatedGoesWhenNothingWasWritten() throws IOException {
        RunDirectory.open(temporary.resolve("out/deep/run")).close();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void whatWasThereBeforeStaysThoughEmpty() throws IOException {
        Path mine = Files.createDirectories(temporary.resolve("mine"));
        RunDirectory.open(mine).close();
        assertThat(mine).isEmptyDirectory();
        RunDirectory.open(mine.resolve("run")).close();
        assertThat(mine).isEmptyDirectory();
    }

    @Test
    void whatWasWrittenStays() throws IOException {
        Path dir = temporary.resolve("out/run");
        try (RunDirectory directory = RunDirectory.open(dir)) {
            directory.writeText("notes.txt", "mine");
        }
        assertThat(names(dir)).containsExactly("notes.txt");

        Path shared = temporary.resolve("shared");
        try (RunDirectory directory = RunDirectory.open(shared.resolve("run"))) {
            assertThat(directory.path()).isEmptyDirectory();
            Files.writeString(shared.resolve("other.txt"), "somebody else's");
        }
        assertThat(names(shared)).containsExactly("other.txt");
    }

    @Test
    void histogramsAreReadBackByHdrHistogramsOwnReader() throws IOException {
        MetricDescriptor labelled = MetricDescriptor.of("resolve.latency", Unit.NANOSECONDS)
                .label("a", "x, y;z")
                .label("b", "50%");
        RunResult result = RunResult.builder(RunResult.RUN, "x")
                .started(Instant.parse("2026-01-31T12:00:00.500Z"))
                .duration(Duration.ofSeconds(20))
                .metric(HistogramMetric.of(SampleResults.PROPAGATION, SampleResults.histogram()))
                .metric(HistogramMetric.of(labelled, SampleResults.histogram()))
                .build();
        RunDirectory.open(temporary).write(result);

        List<Histogram> read = new ArrayList<>();
        try (HistogramLogReader log =
                new HistogramLogReader(temporary.resolve("histograms.hlog").toFile())) {
            while (log.hasNext()) {
                read.add((Histogram) log.nextIntervalHistogram());
            }
            assertThat(log.getStartTimeSec()).isEqualTo(result.started().toEpochMilli() / 1e3);
        }
        assertThat(read)
                .extracting(Histogram::getTag)
                .containsExactly("propagation.latency", "resolve.latency{a=x%2C%20y%3Bz;b=50%25}");
        assertThat(read).allSatisfy(histogram -> {
            assertThat(HistogramSnapshot.of(histogram)).isEqualTo(HistogramSnapshot.of(SampleResults.histogram()));
            assertThat(histogram.getEndTimeStamp() - histogram.getStartTimeStamp())
                    .isEqualTo(20_000);
        });
    }

    @Test
    void seriesShareOneTimeColumn() throws IOException {
        RunDirectory.open(temporary).write(SampleResults.complete());

        assertThat(Files.readString(temporary.resolve("series.csv")))
                .isEqualTo(String.join(
                        "\r\n",
                        "time (s),\"apiserver.requests{verb=list,who=a \"\"b\"\", c} (1/s)\",apiserver.watches (count)",
                        "0,,0",
                        "0.5,2.25,",
                        "1,,1204",
                        ""));
    }

    @Test
    void filesOfAnOlderRunAreReplaced() throws IOException {
        RunDirectory.open(temporary).write(SampleResults.complete());
        RunResult newer = RunResult.builder(RunResult.RUN, "newer").build();
        RunDirectory.open(temporary).write(newer);

        assertThat(ResultJson.read(temporary)).isEqualTo(newer);
        assertThat(temporary.resolve("series.csv")).hasContent("time (s)\r\n");
        assertThat(Files.readString(temporary.resolve("histograms.hlog"))).doesNotContain("HIST");
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Path file = Files.writeString(temporary.resolve("out"), "");

        assertThatExceptionOfType(OutputException.class)
                .isThrownBy(() -> RunDirectory.open(file))
                .withMessage(file + ": is a file; choose a directory")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(OutputException.Reason.UNUSABLE_PATH));
    }

    @Test
    void aDirectoryBelowAFileCannotBeCreated() throws IOException {
        Path below = Files.writeString(temporary.resolve("out"), "").resolve("run");

        assertThatExceptionOfType(OutputException.class)
                .isThrownBy(() -> RunDirectory.open(below))
                .withMessageContaining("cannot be created")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(OutputException.Reason.UNUSABLE_PATH));
    }

    @Test
    void whenOneFileCannotBeWrittenNothingIsLeftHalfWritten() throws IOException {
        RunDirectory directory = RunDirectory.open(temporary);
        directory.write(SampleResults.complete());
        Files.createDirectories(temporary.resolve("scenario.yaml/in-the-way"));
        RunResult newer = RunResult.builder(RunResult.RUN, "newer").build();

        assertThatExceptionOfType(OutputException.class)
                .isThrownBy(() -> directory.write(newer, Map.of("scenario.yaml", "x")))
                .withMessageStartingWith(temporary.resolve("scenario.yaml") + ": cannot be written (")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(OutputException.Reason.WRITE_FAILED));
        assertThat(names(temporary)).noneMatch(name -> name.endsWith(".tmp"));
        assertThat(ResultJson.read(temporary)).isEqualTo(SampleResults.complete());
    }

    @Test
    void aVanishedDirectoryIsAFailureOfTheEnvironment() throws IOException {
        Path dir = temporary.resolve("gone");
        RunDirectory directory = RunDirectory.open(dir);
        Files.delete(dir);

        assertThatExceptionOfType(OutputException.class)
                .isThrownBy(() -> directory.write(SampleResults.complete()))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(OutputException.Reason.WRITE_FAILED));
    }

    @Test
    void handedFilesStayInTheDirectoryAndOffTheResultsOwn() {
        RunDirectory directory = RunDirectory.open(temporary);

        assertThatIllegalArgumentException().isThrownBy(() -> directory.writeText("../evil", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> directory.writeText("result.json", "x"));
        directory.writeText("report.html", "<p>");
        assertThat(temporary.resolve("report.html")).hasContent("<p>");
    }

    private static List<String> names(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
