package dev.kubechurn.reports.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table no wider than a terminal: columns that matter less are left out until it fits. Where even those that stay are too
 * wide because a name is long, the names stand on lines of their own. Immutable.
 */
public final class FittedTable {

    private static final String INDENT = "  ";

    private final List<Column> columns;
    private final List<List<String>> lines;
    private final List<Integer> kept;

    /**
     * A column.
     *
     * @param rank 0 for one that always stays; the highest goes first
     * @param left whether its cells begin at the same column, as those of words do
     */
    public record Column(String title, int rank, boolean left) {

        public static Column name(String title) {
            return new Column(title, 0, true);
        }

        public static Column figure(String title, int rank) {
            return new Column(title, rank, false);
        }
    }

    /** @param lines each with a cell for every column */
    public FittedTable(List<Column> columns, List<List<String>> lines) {
        this.columns = List.copyOf(columns);
        this.lines = lines.stream().map(List::copyOf).toList();
        this.kept = fitting();
    }

    private List<Integer> fitting() {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        List<Integer> byRank = all.stream()
                .filter(column -> columns.get(column).rank() > 0)
                .sorted(Comparator.comparing(
                                (Integer column) -> columns.get(column).rank())
                        .reversed())
                .toList();
        for (Integer column : byRank) {
            if (width(all) <= Paragraph.WIDTH) {
                break;
            }
            all.remove(column);
        }
        return List.copyOf(all);
    }

    private int width(List<Integer> shown) {
        return shown.stream().mapToInt(column -> widthOf(column) + 3).sum() - 1;
    }

    private int widthOf(int column) {
        return lines.stream()
                .mapToInt(line -> Columns.width(line.get(column)))
                .reduce(Columns.width(columns.get(column).title()), Math::max);
    }

    /** The titles of the columns that did not fit. */
    public List<String> leftOut() {
        return IntStream.range(0, columns.size())
                .filter(column -> !kept.contains(column))
                .mapToObj(column -> columns.get(column).title())
                .toList();
    }

    /** The header and the lines. */
    public List<String> lines(Paint paint) {
        boolean names = width(kept) > Paragraph.WIDTH;
        List<Integer> shown = names ? kept.subList(1, kept.size()) : kept;
        List<String> text = new ArrayList<>();
        if (names) {
            text.add(paint.dim(INDENT + columns.get(0).title()));
        }
        text.add(paint.dim(line(columns.stream().map(Column::title).toList(), shown, names)));
        for (List<String> line : lines) {
            if (names) {
                text.add(INDENT + line.get(0));
            }
            text.add(line(line, shown, names));
        }
        return text;
    }

    private String line(List<String> cells, List<Integer> shown, boolean indented) {
        StringBuilder line = new StringBuilder(indented ? INDENT + INDENT : INDENT);
        String gap = "";
        for (int column : shown) {
            String cell = cells.get(column);
            String padding = Columns.padding(cell, widthOf(column));
            line.append(gap).append(columns.get(column).left() ? cell + padding : padding + cell);
            gap = "   ";
        }
        return line.toString().stripTrailing();
    }
}
