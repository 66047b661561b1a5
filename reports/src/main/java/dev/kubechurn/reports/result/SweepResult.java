package dev.kubechurn.reports.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a sweep found: a grid of runs, each with several seeds. It holds nothing of wall time and nothing of the machine, so
 * that the same sweep gives the same, however often it was interrupted. Immutable.
 *
 * @param name of the scenario
 * @param title one line for people; may be empty
 * @param varied the values of each field that varies, by its path, in the order given
 * @param seeds of each cell's runs, in order
 * @param cells the last field varies fastest
 */
public record SweepResult(
        String name, String title, Map<String, List<String>> varied, List<Long> seeds, List<Cell> cells) {

    public static final int SCHEMA_VERSION = 1;

    public SweepResult {
        varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
        seeds = List.copyOf(seeds);
        cells = List.copyOf(cells);
    }

    /**
     * One point of the grid.
     *
     * @param values of the varied fields, by their paths
     * @param runs one for each seed
     */
    public record Cell(Map<String, String> values, List<Run> runs) {

        public Cell {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            runs = List.copyOf(runs);
        }

        /** What the runs say of a figure; empty where none of them has it. */
        public Optional<Spread> spread(String figure) {
            return Spread.of(runs.stream()
                    .map(run -> run.figures().get(figure))
                    .filter(Objects::nonNull)
                    .toList());
        }

        /** The names of all figures that any run has, sorted. */
        public SortedSet<String> figureNames() {
            SortedSet<String> names = new TreeSet<>();
            runs.forEach(run -> names.addAll(run.figures().keySet()));
            return Collections.unmodifiableSortedSet(names);
        }

        /** Of all runs together. */
        public long violations() {
            return runs.stream().mapToLong(Run::violations).sum();
        }
    }

    /**
     * One run.
     *
     * @param digest empty for a run that ended before its time, at a violation
     * @param violations of all checks together
     * @param figures the exact ones, by {@code NAME{LABELS}}, of a histogram by {@code NAME{LABELS}:p50} and so on; sorted
     */
    public record Run(long seed, String digest, long violations, Map<String, Figure> figures) {

        public Run {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }

        /** Of a run's own result. */
        public static Run of(long seed, RunResult result) {
            String digest = result.digest();
            return new Run(seed, digest == null ? "" : digest, result.violations(), figures(result));
        }

        private static Map<String, Figure> figures(RunResult result) {
            Map<String, Figure> figures = new LinkedHashMap<>();
            for (Metric metric : result.metrics()) {
                String id = metric.descriptor().id();
                if (metric.descriptor().precision() != Precision.EXACT) {
                    continue;
                }
                if (metric instanceof ValueMetric single) {
                    figures.put(id, new Figure(metric.unit(), single.value()));
                } else if (metric instanceof HistogramMetric histogram) {
                    putQuantiles(figures, id, metric.unit(), histogram.histogram());
                }
            }
            return figures;
        }

        private static void putQuantiles(
                Map<String, Figure> figures, String id, Unit unit, HistogramSnapshot histogram) {
            figures.put(id + ":count", new Figure(Unit.COUNT, histogram.count()));
            if (!histogram.isEmpty()) {
                figures.put(id + ":p50", new Figure(unit, histogram.p50()));
                figures.put(id + ":p90", new Figure(unit, histogram.p90()));
                figures.put(id + ":p99", new Figure(unit, histogram.p99()));
                figures.put(id + ":max", new Figure(unit, histogram.max()));
            }
        }
    }

    /** A number with its unit. */
    public record Figure(Unit unit, double value) {}

    /** What several seeds say of one figure; the median of an even number is the lower of the two in the middle. */
    public record Spread(Unit unit, double min, double median, double max) {

        static Optional<Spread> of(List<Figure> figures) {
            if (figures.isEmpty()) {
                return Optional.empty();
            }
            double[] sorted =
                    figures.stream().mapToDouble(Figure::value).sorted().toArray();
            return Optional.of(new Spread(
                    figures.get(0).unit(), sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]));
        }
    }

    /** The names of all figures that any run has, sorted. */
    public SortedSet<String> figureNames() {
        SortedSet<String> names = new TreeSet<>();
        cells.forEach(cell -> names.addAll(cell.figureNames()));
        return Collections.unmodifiableSortedSet(names);
    }

    /** Of all runs together. */
    public long violations() {
        return cells.stream().mapToLong(Cell::violations).sum();
    }

    /** No check of any run was violated. */
    public boolean checksHeld() {
        return violations() == 0;
    }
}
