package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.JmhJson;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.text.Columns;
import dev.kubechurn.reports.text.FittedTable;
import dev.kubechurn.reports.text.Paint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The benchmarks of a result as a table for a terminal: a block for each class, in it a line for each method and its
 * parameters with the median of its forks, what they lie between, what is allocated, how often the figure of the floor that
 * is, which is the method {@code floor} of the same class with the same parameters, and how often it the figures of others
 * are, which are the methods that begin with the name of a library. Immutable.
 */
public final class BenchmarkTable {

    private static final String FLOOR = "floor";
    private static final String ALLOCATED = "allocated";
    private static final String TIMES_FLOOR = "× floor";
    private static final String OTHERS_TAKE = "others take";
    private static final List<String> OTHERS = List.of("fabric8", "official");

    /** The table, each line with its end. */
    public String render(RunResult result) {
        return render(result, Columns::table, UnaryOperator.identity());
    }

    /** The same with the columns that fit a terminal. */
    public String fitted(RunResult result, Paint paint) {
        return render(result, lines -> fitted(lines, paint), paint::strong);
    }

    /** What goes first: what the figures can be worked out from stays longest. */
    private static String fitted(List<List<String>> lines, Paint paint) {
        List<FittedTable.Column> columns = new ArrayList<>();
        for (String title : lines.get(0)) {
            columns.add(
                    title.isEmpty() ? FittedTable.Column.name(title) : FittedTable.Column.figure(title, rank(title)));
        }
        FittedTable table = new FittedTable(columns, lines.subList(1, lines.size()));
        List<String> text = new ArrayList<>(table.lines(paint));
        if (!table.leftOut().isEmpty()) {
            text.add("  --details adds: " + String.join(", ", table.leftOut()));
        }
        return String.join("\n", text) + "\n";
    }

    private static int rank(String title) {
        return switch (title) {
            case OTHERS_TAKE -> 3;
            case TIMES_FLOOR -> 2;
            case ALLOCATED -> 1;
            default -> 0;
        };
    }

    private static String render(
            RunResult result, Function<List<List<String>>, String> layout, UnaryOperator<String> heading) {
        Map<String, List<SamplesMetric>> classes = new LinkedHashMap<>();
        for (SamplesMetric metric : timed(result)) {
            classes.computeIfAbsent(classOf(metric.name()), any -> new ArrayList<>())
                    .add(metric);
        }
        StringBuilder text = new StringBuilder();
        classes.forEach((name, metrics) -> {
            text.append(text.isEmpty() ? "" : "\n").append(heading.apply(name)).append('\n');
            text.append(layout.apply(block(result, metrics)));
        });
        return text.toString();
    }

    private static List<SamplesMetric> timed(RunResult result) {
        return result.metrics().stream()
                .filter(SamplesMetric.class::isInstance)
                .map(SamplesMetric.class::cast)
                .filter(metric -> !metric.name().endsWith(JmhJson.ALLOCATION))
                .toList();
    }

    private static List<List<String>> block(RunResult result, List<SamplesMetric> metrics) {
        SortedSet<String> parameters = new TreeSet<>();
        metrics.forEach(metric -> parameters.addAll(metric.labels().values().keySet()));
        List<List<String>> lines = new ArrayList<>();
        List<String> header = new ArrayList<>();
        header.add("");
        header.addAll(parameters);
        header.addAll(List.of("median", "of forks", ALLOCATED, TIMES_FLOOR, OTHERS_TAKE));
        lines.add(header);
        for (SamplesMetric metric : metrics) {
            List<String> line = new ArrayList<>();
            line.add(methodOf(metric.name()));
            parameters.forEach(each -> line.add(metric.labels().values().getOrDefault(each, "")));
            line.addAll(figures(result, metric));
            line.add(others(metric, metrics));
            lines.add(line);
        }
        return lines;
    }

    private static List<String> figures(RunResult result, SamplesMetric metric) {
        double[] forks = metric.samples();
        Arrays.sort(forks);
        String spread = forks.length == 1
                ? "1 fork"
                : Quantity.format(forks[0], metric.unit()) + " to "
                        + Quantity.format(forks[forks.length - 1], metric.unit());
        String allocated = samples(result, metric.name() + JmhJson.ALLOCATION, metric.labels())
                .map(each -> Quantity.format(JmhJson.settled(each.median()), each.unit()))
                .orElse(Ladder.NOTHING);
        String ratio = samples(result, classOf(metric.name()) + "." + FLOOR, metric.labels())
                .filter(floor -> floor.median() > 0)
                .map(floor -> Counts.measured(metric.median() / floor.median()))
                .orElse(Ladder.NOTHING);
        return List.of(Quantity.format(metric.median(), metric.unit()), spread, allocated, ratio);
    }

    private static String others(SamplesMetric metric, List<SamplesMetric> all) {
        if (isOther(metric) || methodOf(metric.name()).equals(FLOOR)) {
            return "";
        }
        return all.stream()
                .filter(other -> isOther(other) && other.labels().equals(metric.labels()))
                .map(other -> methodOf(other.name()) + " " + Counts.measured(other.median() / metric.median()) + " ×")
                .collect(Collectors.joining(", "));
    }

    private static boolean isOther(SamplesMetric metric) {
        return OTHERS.stream().anyMatch(methodOf(metric.name())::startsWith);
    }

    private static Optional<SamplesMetric> samples(RunResult result, String name, Labels labels) {
        return result.metric(name, labels)
                .filter(SamplesMetric.class::isInstance)
                .map(SamplesMetric.class::cast);
    }

    private static String classOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String methodOf(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
