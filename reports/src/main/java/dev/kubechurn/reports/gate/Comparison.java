package dev.kubechurn.reports.gate;

import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A base against a candidate, decided; all that a report of it needs. Immutable.
 *
 * @param base what the base is called
 * @param paired whether the samples were taken in pairs
 * @param prediction whether the base is a prediction of what the candidate measured
 * @param environment what both were measured on, as far as it is the same
 * @param rows the worst first, then by name
 * @param overlays the distributions that are not the same
 * @param notes what a reader must know beside
 */
public record Comparison(
        String base,
        String candidate,
        boolean paired,
        boolean prediction,
        Policy policy,
        Map<String, String> environment,
        List<Row> rows,
        List<Overlay> overlays,
        List<String> notes) {

    /**
     * All values of one metric on both sides, those of several results together.
     *
     * @param metric its name with its labels
     */
    public record Overlay(String metric, Unit unit, HistogramSnapshot base, HistogramSnapshot candidate) {}

    public Comparison {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        rows = List.copyOf(rows);
        overlays = List.copyOf(overlays);
        notes = List.copyOf(notes);
    }

    /** What has the verdict. */
    public List<Row> rows(Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).toList();
    }

    /** How many metrics have the verdict. */
    public long count(Verdict verdict) {
        return rows(verdict).size();
    }

    /** Whether a metric was left without a decision. */
    public boolean isUndecided() {
        return rows.stream().anyMatch(row -> row.verdict().isUndecided());
    }

    /** Whether no metric at all was decided: then there is no answer. */
    public boolean decidesNothing() {
        return rows.stream().allMatch(row -> row.verdict().isUndecided());
    }

    /**
     * Whether the gate is shut.
     *
     * @param strict whether what was not decided shuts it too
     */
    public boolean failed(boolean strict) {
        return count(Verdict.REGRESSED) > 0 || (strict && isUndecided());
    }
}
