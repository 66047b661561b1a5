package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubechurn history}: what was added stays, in order, and a change of level is told. */
final class HistoryCommandTest {

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private Path result(String name, int day, long lists) throws IOException {
        RunResult result = RunResult.builder(RunResult.RUN, name)
                .started(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * day))
                .value(MetricDescriptor.of("lists", Unit.COUNT).lowerIsBetter().exact(), lists)
                .build();
        return Files.writeString(directory.resolve(name + day + ".json"), ResultJson.write(result));
    }

    @Test
    void growsAndShowsWhatChanged() throws Exception {
        Path history = directory.resolve("history");
        for (int day = 0; day < 12; day++) {
            assertThat(terminal.execute("history", "add", history, result("steady", day, day < 6 ? 100 : 150)))
                    .isZero();
        }
        assertThat(terminal.execute("history", "add", history, directory.resolve("steady3.json")))
                .isZero();
        assertThat(terminal.err()).contains("is already in the history");
        try (Stream<Path> files = Files.list(history)) {
            assertThat(files).hasSize(12);
        }

        Path page = directory.resolve("history.html");
        assertThat(terminal.execute("history", "show", history, "--html", page)).isZero();
        assertThat(terminal.out())
                .containsPattern("1\\s+metric\\s+changed;\\s+the\\s+largest\\s+change\\s+is\\s+lists,\\s+\\+50\\.0")
                .contains("2026-01-07 00:00");
        assertThat(page).content().contains("History of steady", "<svg ");
    }

    @Test
    void badQuestionsAreToldInOneLine() throws Exception {
        Path history = directory.resolve("history");
        assertThat(terminal.execute("history", "show", history)).isEqualTo(2);
        assertThat(terminal.execute("history", "add", history, result("steady", 0, 1)))
                .isZero();
        assertThat(terminal.execute("history", "add", history, result("other", 1, 1)))
                .isEqualTo(2);
        assertThat(terminal.errLines())
                .hasSize(2)
                .anyMatch(line -> line.contains("holds no results: add some with"))
                .anyMatch(line -> line.contains("use one directory per scenario or suite"));
        try (Stream<Path> files = Files.list(history)) {
            assertThat(files).hasSize(1);
        }
    }
}
