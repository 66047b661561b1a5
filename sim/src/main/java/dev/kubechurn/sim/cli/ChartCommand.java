package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.render.SeriesChart;
import dev.kubechurn.reports.result.ResultFormatException;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws series of a result over time. */
@Command(
        name = "chart",
        description = "Draw up to four series of a result over time, as an SVG image.",
        footerHeading = "%nExample:%n",
        footer = {"  kubechurn chart out/steady-churn-42 'apiserver.requests.rate{verb=list}' -o lists.svg"},
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ChartCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RESULT", description = "Run directory or result.json.")
    private @Nullable Path result;

    @Parameters(
            index = "1..*",
            arity = "1..4",
            paramLabel = "SERIES",
            description =
                    "Series, such as apiserver.watches or 'apiserver.requests.rate{verb=list}'; all must have the same unit.")
    private List<String> series = new ArrayList<>();

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "Title of the chart; default: the title of the result.")
    private @Nullable String title;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "Output file.")
    private @Nullable Path out;

    ChartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, ResultFormatException {
        Path given = requireNonNull(result);
        Path file = Files.isDirectory(given) ? given.resolve(RunDirectory.RESULT) : given;
        if (!Files.isRegularFile(file)) {
            throw refused(file + " is not a file: give a run directory or its result.json");
        }
        RunResult read = ResultJson.read(file);
        List<Series> lines = series.stream().map(id -> find(id, read)).toList();
        if (lines.stream().map(Series::unit).distinct().count() > 1) {
            throw refused("series with different units cannot share a chart: " + units(lines));
        }
        List<SeriesChart.Line> named = lines.stream()
                .map(line -> new SeriesChart.Line(line.id(), line))
                .toList();
        String svg = new SeriesChart(title == null ? read.title() : title, named).svg();
        WholeFile.write(requireNonNull(out), svg);
        terminal.out().println(out);
        return ExitCode.FINE.code();
    }

    private Series find(String id, RunResult in) {
        return in.series().stream()
                .filter(each -> each.id().equals(id))
                .findAny()
                .orElseThrow(() -> refused("the result has no series \"" + id + "\"; available: "
                        + String.join(", ", in.series().stream().map(Series::id).toList())));
    }

    private static String units(List<Series> lines) {
        return String.join(
                ", ",
                lines.stream().map(line -> line.id() + " in " + line.unit()).toList());
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(spec).commandLine(), why);
    }
}
