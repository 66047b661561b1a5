package dev.kubechurn.sim.run;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.render.Quantity;
import dev.kubechurn.reports.render.SeriesChart;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * docs/scenarios.md as commands and tables: each section has some {@code ./kubechurn run} commands, and a table whose second
 * column names a figure and whose further columns have its value in the run of each command, in order.
 */
record ScenarioAnswers(List<String> lines) {

    private static final Pattern SECTION = Pattern.compile("## `([a-z0-9-]+)`.*");
    private static final Pattern COMMAND = Pattern.compile("\\./kubechurn run ([a-z0-9-]+)(.*)");
    private static final Pattern ROW = Pattern.compile("\\| ([^|]*) \\| `([^`|]+)` \\|.*");
    private static final Pattern OF_SERIES =
            Pattern.compile("(?:max (\\S+)|(\\S+) > ([0-9]+))(?: @ ([0-9]+)\\.\\.([0-9]+))?");

    private static final Pattern IMAGE = Pattern.compile("!\\[([^]]+)]\\((scenarios/[a-z0-9-]+\\.svg) \"([^\"]+)\"\\)");

    static ScenarioAnswers read(Path file) throws IOException {
        return new ScenarioAnswers(Files.readAllLines(file));
    }

    List<String> scenarios() {
        return lines.stream()
                .map(SECTION::matcher)
                .filter(Matcher::matches)
                .map(section -> section.group(1))
                .distinct()
                .toList();
    }

    /**
     * The whole text, with the figures of one section as its commands give them now.
     *
     * @param charts gets the pictures of the section, by their paths in the text
     */
    String answeredAnew(String scenario, Map<String, String> charts) throws Exception {
        List<RunResult> results = new ArrayList<>();
        List<String> anew = new ArrayList<>();
        boolean here = false;
        for (String line : lines) {
            Matcher section = SECTION.matcher(line);
            if (section.matches()) {
                here = section.group(1).equals(scenario);
                results.clear();
            }
            Matcher command = COMMAND.matcher(line);
            if (here && command.matches()) {
                results.add(run(command.group(1), command.group(2)));
            }
            Matcher image = IMAGE.matcher(line);
            if (here && image.matches()) {
                charts.put(image.group(2), chart(image.group(1), image.group(3), results));
            }
            Matcher row = ROW.matcher(line);
            anew.add(here && row.matches() ? row(row.group(1), row.group(2), results) : line);
        }
        return String.join("\n", anew) + "\n";
    }

    /** Lines such as {@code NAME=SERIES#2}: a series of the run of the second command. */
    private static String chart(String title, String lines, List<RunResult> results) {
        List<SeriesChart.Line> drawn = new ArrayList<>();
        for (String line : lines.split("; ", -1)) {
            int equals = line.indexOf('=');
            int run = line.lastIndexOf('#');
            RunResult result = results.get(Integer.parseInt(line.substring(run + 1)) - 1);
            drawn.add(new SeriesChart.Line(line.substring(0, equals), series(line.substring(equals + 1, run), result)));
        }
        return new SeriesChart(title, drawn).svg();
    }

    private static RunResult run(String scenario, String arguments) throws Exception {
        List<String> settings = Arrays.stream(arguments.trim().split(" "))
                .filter(word -> word.contains("="))
                .toList();
        RunPlan plan = Plans.of(ReadyMadeScenarios.read(scenario, Overrides.of(settings)));
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            RunResult result = simulation.run();
            if (!result.checksHeld()) {
                throw new AssertionError(scenario + arguments + ": " + result.checks());
            }
            return result;
        }
    }

    private static String row(String title, String figure, List<RunResult> results) {
        return results.stream()
                .map(result -> figure(figure, result))
                .collect(Collectors.joining(" | ", "| " + title + " | `" + figure + "` | ", " |"));
    }

    /**
     * A figure as {@link SweepResult.Run#figures} names it, or {@code max SERIES}, the highest value of a series, or {@code
     * SERIES > N}, in how many of its seconds it is higher, both perhaps with {@code @ FROM..TO} behind them, the seconds that
     * count; or the digest's beginning.
     */
    private static String figure(String name, RunResult result) {
        if (name.equals("digest")) {
            return "`" + requireNonNull(result.digest()).substring(0, 16) + "`";
        }
        Matcher ofSeries = OF_SERIES.matcher(name);
        if (ofSeries.matches()) {
            return figure(ofSeries, result);
        }
        if (result.metric(name, Labels.NONE).orElse(null) instanceof RangeMetric range) {
            return Quantity.range(range.low(), range.high(), range.unit());
        }
        SweepResult.Figure value = SweepResult.Run.of(0, result).figures().get(name);
        return value == null ? "–" : Quantity.format(value.value(), value.unit());
    }

    private static String figure(Matcher ofSeries, RunResult result) {
        boolean highest = ofSeries.group(1) != null;
        Series series = series(highest ? ofSeries.group(1) : ofSeries.group(2), result);
        DoubleStream values = ofSeries.group(4) == null
                ? values(series, 0, Long.MAX_VALUE)
                : values(series, seconds(ofSeries.group(4)), seconds(ofSeries.group(5)));
        if (highest) {
            return Quantity.format(values.max().orElseThrow(), series.unit());
        }
        double bound = Double.parseDouble(ofSeries.group(3));
        return values.filter(value -> value > bound).count() + " s";
    }

    private static long seconds(String text) {
        return TimeUnit.SECONDS.toNanos(Long.parseLong(text));
    }

    private static DoubleStream values(Series series, long from, long to) {
        return series.points().stream()
                .filter(point -> point.offsetNanos() >= from && point.offsetNanos() <= to)
                .mapToDouble(Series.Point::value);
    }

    private static Series series(String id, RunResult result) {
        return result.series().stream()
                .filter(series -> series.id().equals(id))
                .findAny()
                .orElseThrow(() -> new AssertionError("no series " + id));
    }
}
