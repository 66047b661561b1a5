package dev.kubechurn.reports.result;

import dev.kubechurn.reports.result.SweepResult.Cell;
import dev.kubechurn.reports.result.SweepResult.Figure;
import dev.kubechurn.reports.result.SweepResult.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sweep as CSV after RFC 4180, a line for each run: the varied fields, seed, digest and violations, then every exact figure
 * that any run has, by name. Where a run has no such figure the field is empty.
 */
public final class SweepCsv {

    private SweepCsv() {}

    public static String write(SweepResult sweep) {
        SortedMap<String, Unit> units = new TreeMap<>();
        for (Cell cell : sweep.cells()) {
            cell.runs().forEach(run -> run.figures().forEach((name, figure) -> units.put(name, figure.unit())));
        }
        StringBuilder csv = new StringBuilder();
        List<String> header = new ArrayList<>(sweep.varied().keySet());
        header.addAll(List.of("seed", "digest", "violations"));
        units.forEach((name, unit) -> header.add(name + " (" + unit + ")"));
        csv.append(CsvText.line(header));
        for (Cell cell : sweep.cells()) {
            cell.runs().forEach(run -> csv.append(CsvText.line(fields(cell, run, units))));
        }
        return csv.toString();
    }

    private static List<String> fields(Cell cell, Run run, SortedMap<String, Unit> units) {
        List<String> fields = new ArrayList<>(cell.values().values());
        fields.add(Long.toString(run.seed()));
        fields.add(run.digest());
        fields.add(Long.toString(run.violations()));
        for (String name : units.keySet()) {
            Figure figure = run.figures().get(name);
            fields.add(figure == null ? "" : CsvText.number(figure.value()));
        }
        return fields;
    }
}
