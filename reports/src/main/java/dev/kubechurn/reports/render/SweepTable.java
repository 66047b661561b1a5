package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.reports.result.SweepResult.Cell;
import dev.kubechurn.reports.result.SweepResult.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * A sweep as a table for a terminal: a line for each cell, with the varied fields and chosen figures; with several seeds the
 * median and, where they differ, what it lies between. Immutable.
 */
public final class SweepTable {

    private static final String INDENT = "  ";

    private final List<Column> columns;

    /**
     * A column of figures.
     *
     * @param figure as {@link SweepResult.Run#figures} names it
     */
    public record Column(String figure, String title) {}

    public SweepTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** The table, each line with its end. */
    public String render(SweepResult sweep) {
        List<List<String>> lines = new ArrayList<>();
        List<String> header = new ArrayList<>(sweep.varied().keySet());
        columns.forEach(column -> header.add(column.title()));
        boolean violated = !sweep.checksHeld();
        if (violated) {
            header.add("violations");
        }
        lines.add(header);
        sweep.cells().forEach(cell -> lines.add(line(cell, violated)));
        int[] widths = Columns.widths(lines, 0);
        StringBuilder table = new StringBuilder();
        lines.forEach(line -> table.append(padded(line, widths)));
        return table.toString();
    }

    private List<String> line(Cell cell, boolean violated) {
        List<String> line = new ArrayList<>(cell.values().values());
        columns.forEach(column ->
                line.add(cell.spread(column.figure()).map(SweepTable::shown).orElse(Ladder.NOTHING)));
        if (violated) {
            line.add(Counts.exact(cell.violations()));
        }
        return line;
    }

    private static String shown(Spread spread) {
        String median = Quantity.format(spread.median(), spread.unit());
        String min = Quantity.format(spread.min(), spread.unit());
        String max = Quantity.format(spread.max(), spread.unit());
        return min.equals(max) ? median : median + " (" + min + "–" + max + ")";
    }

    private static String padded(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(INDENT);
        line.append(Columns.padding(cells.get(0), widths[0])).append(cells.get(0));
        Columns.right(line, cells, 1, widths);
        return line.append('\n').toString();
    }
}
