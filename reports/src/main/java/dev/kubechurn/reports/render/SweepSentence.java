package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.reports.result.SweepResult.Cell;
import dev.kubechurn.reports.result.SweepResult.Figure;
import dev.kubechurn.reports.result.SweepResult.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a sweep varied and what that changed, in a sentence for each comparison: the first value of a field against the
 * others, or against the last of many, while all other fields keep one value: the last of a number, the first of a choice. A
 * line for each; what matters stands between pairs of asterisks.
 */
final class SweepSentence {

    /** More values of one field are compared by the first and the last alone. */
    private static final int MOST_VALUES = 3;

    /** Less is no change that a reader would care for. */
    private static final double SLIGHT = 0.005;

    private static final double NANOS = 1e9;

    private static final List<String> VERBS = List.of("list", "watch", "get");

    private final SweepResult sweep;

    private SweepSentence(SweepResult sweep) {
        this.sweep = sweep;
    }

    /** The sentences; of the first cell alone where nothing but the seed varies. */
    static String of(SweepResult sweep) {
        return new SweepSentence(sweep).text();
    }

    private String text() {
        if (sweep.cells().isEmpty()) {
            return "";
        }
        if (sweep.varied().isEmpty()) {
            return seedsAlone();
        }
        List<String> sentences = new ArrayList<>();
        sweep.varied().forEach((path, values) -> {
            List<String> others = values.size() > MOST_VALUES
                    ? values.subList(values.size() - 1, values.size())
                    : values.subList(1, values.size());
            others.forEach(other -> sentences.add(compared(path, values.get(0), other)));
        });
        return String.join("\n", sentences);
    }

    private String compared(String path, String from, String to) {
        Map<String, String> base = new LinkedHashMap<>();
        sweep.varied().forEach((field, values) -> base.put(field, kept(values)));
        base.put(path, from);
        Map<String, String> changed = new LinkedHashMap<>(base);
        changed.put(path, to);
        Cell before = cell(base);
        Cell after = cell(changed);
        String others = base.entrySet().stream()
                .filter(field -> !field.getKey().equals(path))
                .map(field -> FieldWords.with(field.getKey(), field.getValue()))
                .collect(Collectors.joining(", "));
        String head = "With **" + FieldWords.with(path, to) + "** instead of " + FieldWords.other(path, from)
                + (others.isEmpty() ? "" : " (" + others + ")") + ", ";
        String counts = Stream.of(
                        count("open watches", run -> figure(run, "apiserver.watches.peak"), before, after),
                        count("requests", SweepSentence::requests, before, after))
                .flatMap(List::stream)
                .collect(Collectors.joining(" and "));
        List<String> parts = Stream.concat(Stream.of(counts), delay(before, after).stream())
                .filter(part -> !part.isEmpty())
                .toList();
        return head + (parts.isEmpty() ? "no figure can be compared" : String.join("; ", parts)) + ".";
    }

    private static String kept(List<String> values) {
        String last = values.get(values.size() - 1);
        return last.matches("[0-9].*") ? last : values.get(0);
    }

    private Cell cell(Map<String, String> values) {
        return sweep.cells().stream()
                .filter(cell -> cell.values().equals(values))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the grid has no cell " + values));
    }

    private static List<String> count(String name, Function<Run, OptionalDouble> figure, Cell before, Cell after) {
        OptionalDouble from = median(before, figure);
        OptionalDouble to = median(after, figure);
        return from.isEmpty() || to.isEmpty()
                ? List.of()
                : List.of(name + " " + change(from.getAsDouble(), to.getAsDouble()));
    }

    private static String change(double from, double to) {
        String figures = Counts.format(from) + " to " + Counts.format(to);
        if (from == to) {
            return "stay at " + Counts.format(from);
        }
        if (from == 0 || to == 0) {
            return (from == 0 ? "rise" : "fall") + " from **" + figures + "**";
        }
        double ratio = to / from;
        if (ratio >= 2) {
            return "grow **" + fold(ratio) + "-fold** (" + figures + ")";
        }
        if (Math.abs(ratio - 1) < SLIGHT) {
            return "hardly change (" + figures + ")";
        }
        return (ratio > 1 ? "grow" : "fall") + " by **"
                + Counts.measured(Math.rint(1000 * Math.abs(ratio - 1)) / 10).replaceFirst("(\\.\\d)\\d+$|\\.0+$", "$1")
                + "\u00a0%** (" + figures + ")";
    }

    private static String fold(double ratio) {
        return ratio < 10
                ? String.valueOf(Math.rint(10 * ratio) / 10).replaceFirst("\\.0$", "")
                : Counts.format(Math.rint(ratio));
    }

    /** Of 99 of 100 updates. */
    private static List<String> delay(Cell before, Cell after) {
        Function<Run, OptionalDouble> p99 = run -> figure(run, "visible.latency:p99");
        OptionalDouble from = median(before, p99);
        OptionalDouble to = median(after, p99);
        if (from.isEmpty() || to.isEmpty()) {
            return List.of();
        }
        double later = to.getAsDouble() - from.getAsDouble();
        String within = " (99\u00a0% within " + Durations.format(to.getAsDouble()) + ")";
        return List.of("updates reach pods "
                + (Math.abs(later) < Math.max(0.05 * from.getAsDouble(), NANOS / 1000)
                        ? "about as fast"
                        : "**" + Durations.format(Math.abs(later)) + (later > 0 ? " later" : " sooner") + "**")
                + within);
    }

    private String seedsAlone() {
        Cell cell = sweep.cells().get(0);
        List<String> parts = new ArrayList<>();
        Map<String, Function<Run, OptionalDouble>> figures = new LinkedHashMap<>();
        figures.put("open watches", run -> figure(run, "apiserver.watches.peak"));
        figures.put("requests", SweepSentence::requests);
        figures.forEach((name, figure) -> {
            double[] sorted = sorted(cell, figure);
            if (sorted.length > 0) {
                parts.add(name + " are between **" + Counts.format(sorted[0]) + "** and **"
                        + Counts.format(sorted[sorted.length - 1]) + "**");
            }
        });
        return parts.isEmpty() ? "" : "Over " + cell.runs().size() + " seeds, " + String.join(", and ", parts) + ".";
    }

    private static OptionalDouble median(Cell cell, Function<Run, OptionalDouble> figure) {
        double[] sorted = sorted(cell, figure);
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[(sorted.length - 1) / 2]);
    }

    private static double[] sorted(Cell cell, Function<Run, OptionalDouble> figure) {
        return cell.runs().stream()
                .map(figure)
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
    }

    private static OptionalDouble figure(Run run, String name) {
        Figure figure = run.figures().get(name);
        return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure.value());
    }

    /** Of all verbs. */
    private static OptionalDouble requests(Run run) {
        double[] counts = VERBS.stream()
                .map(verb -> figure(run, "apiserver.requests{verb=" + verb + "}"))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        return counts.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(java.util.Arrays.stream(counts).sum());
    }
}
