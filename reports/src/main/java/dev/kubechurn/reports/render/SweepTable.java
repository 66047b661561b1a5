package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.reports.result.SweepResult.Cell;
import dev.kubechurn.reports.result.SweepResult.Spread;
import dev.kubechurn.reports.text.Columns;
import dev.kubechurn.reports.text.FittedTable;
import dev.kubechurn.reports.text.Paint;
import dev.kubechurn.reports.text.Paragraph;
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
     * @param rank 0 for one that a terminal always shows; where not all fit the highest goes first
     */
    public record Column(String figure, String title, int rank) {

        /** One that a terminal always shows. */
        public Column(String figure, String title) {
            this(figure, title, 0);
        }
    }

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
        sweep.cells().forEach(cell -> lines.add(line(cell, violated, true)));
        int[] widths = Columns.widths(lines, 0);
        StringBuilder table = new StringBuilder();
        lines.forEach(line -> table.append(padded(line, widths)));
        return table.toString();
    }

    /**
     * The table as a terminal shows it: as many columns and cells as fit, and what was left out.
     *
     * @param most lines
     */
    public List<String> fitted(SweepResult sweep, Paint paint, int most) {
        boolean ranges = table(sweep, sweep.cells(), true).leftOut().size() <= columns.size() / 3;
        boolean all = sweep.cells().size() < most;
        List<Cell> shown = all ? sweep.cells() : worthSeeing(sweep, most - 2);
        FittedTable table = table(sweep, shown, ranges);
        List<String> lines = new ArrayList<>(table.lines(paint));
        if (shown.size() < sweep.cells().size()) {
            lines.add(INDENT + "… and " + Counts.exact(sweep.cells().size() - shown.size()) + " more cells: --details");
        }
        List<String> left = new ArrayList<>(table.leftOut());
        if (!ranges) {
            left.add(0, "ranges of the " + sweep.seeds().size() + " seeds");
        }
        if (!left.isEmpty()) {
            String note = "medians above; --details adds " + String.join(", ", left);
            Paragraph.lines(ranges ? note.replace("medians above; ", "") : note, Paragraph.WIDTH - 2, paint)
                    .forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }

    /** Cells with violations before others, each in its place. */
    private static List<Cell> worthSeeing(SweepResult sweep, int most) {
        List<Cell> violated =
                sweep.cells().stream().filter(cell -> cell.violations() > 0).toList();
        List<Cell> chosen = new ArrayList<>(violated.subList(0, Math.min(most, violated.size())));
        sweep.cells().stream()
                .filter(cell -> cell.violations() == 0)
                .limit(most - chosen.size())
                .forEach(chosen::add);
        return sweep.cells().stream().filter(chosen::contains).limit(most).toList();
    }

    private FittedTable table(SweepResult sweep, List<Cell> cells, boolean ranges) {
        boolean violated = !sweep.checksHeld();
        List<FittedTable.Column> header = new ArrayList<>();
        sweep.varied().keySet().forEach(field -> header.add(FittedTable.Column.figure(field, 0)));
        columns.forEach(column -> header.add(FittedTable.Column.figure(column.title(), column.rank())));
        if (violated) {
            header.add(FittedTable.Column.figure("violations", 0));
        }
        return new FittedTable(
                header, cells.stream().map(cell -> line(cell, violated, ranges)).toList());
    }

    private List<String> line(Cell cell, boolean violated, boolean ranges) {
        List<String> line = new ArrayList<>(cell.values().values());
        columns.forEach(column -> line.add(cell.spread(column.figure())
                .map(spread -> shown(spread, ranges))
                .orElse(Ladder.NOTHING)));
        if (violated) {
            line.add(Counts.exact(cell.violations()));
        }
        return line;
    }

    private static String shown(Spread spread, boolean ranges) {
        String median = Quantity.format(spread.median(), spread.unit());
        String min = Quantity.format(spread.min(), spread.unit());
        String max = Quantity.format(spread.max(), spread.unit());
        return min.equals(max) || !ranges ? median : median + " (" + min + "–" + max + ")";
    }

    private static String padded(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(INDENT);
        line.append(Columns.padding(cells.get(0), widths[0])).append(cells.get(0));
        Columns.right(line, cells, 1, widths);
        return line.append('\n').toString();
    }
}
