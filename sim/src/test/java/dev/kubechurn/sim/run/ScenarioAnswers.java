package dev.kubechurn.sim.run;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.render.Quantity;
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

    /** The whole text, with the figures of one section as its commands give them now. */
    String answeredAnew(String scenario) throws Exception {
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
            Matcher row = ROW.matcher(line);
            anew.add(here && row.matches() ? row(row.group(1), row.group(2), results) : line);
        }
        return String.join("\n", anew) + "\n";
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
     * SERIES > N}, in how many of its seconds it is higher; or the digest's beginning.
     */
    private static String figure(String name, RunResult result) {
        if (name.equals("digest")) {
            return "`" + requireNonNull(result.digest()).substring(0, 16) + "`";
        }
        if (name.startsWith("max ")) {
            Series series = series(name.substring(4), result);
            return Quantity.format(values(series).max().orElseThrow(), series.unit());
        }
        int above = name.indexOf(" > ");
        if (above > 0) {
            double bound = Double.parseDouble(name.substring(above + 3));
            long seconds = values(series(name.substring(0, above), result))
                    .filter(value -> value > bound)
                    .count();
            return seconds + " s";
        }
        if (result.metric(name, Labels.NONE).orElse(null) instanceof RangeMetric range) {
            return Quantity.range(range.low(), range.high(), range.unit());
        }
        SweepResult.Figure value = SweepResult.Run.of(0, result).figures().get(name);
        return value == null ? "–" : Quantity.format(value.value(), value.unit());
    }

    private static DoubleStream values(Series series) {
        return series.points().stream().mapToDouble(Series.Point::value);
    }

    private static Series series(String id, RunResult result) {
        return result.series().stream()
                .filter(series -> series.id().equals(id))
                .findAny()
                .orElseThrow(() -> new AssertionError("no series " + id));
    }
}
