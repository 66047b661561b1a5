package dev.kubechurn.reports.text;

import java.util.List;
import java.util.stream.IntStream;

/** Text in columns of a terminal; wide East Asian characters are not accounted for. */
public final class Columns {

    private static final String INDENT = "  ";
    private static final String GAP = "   ";

    private Columns() {}

    /**
     * How wide each column of a table must be.
     *
     * @param lines each with the same number of cells; at least one
     */
    public static int[] widths(List<List<String>> lines, int least) {
        return IntStream.range(0, lines.get(0).size())
                .map(column ->
                        lines.stream().mapToInt(line -> width(line.get(column))).reduce(least, Math::max))
                .toArray();
    }

    /** Appends cells from one on, each to the right of its column and behind a gap. */
    public static void right(StringBuilder line, List<String> cells, int from, int[] widths) {
        for (int column = from; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(GAP).append(padding(cell, widths[column])).append(cell);
        }
    }

    /** Lines of cells, the first to the left and the others to the right, each with its end. */
    public static String table(List<List<String>> lines) {
        int[] widths = widths(lines, 0);
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            table.append(INDENT).append(line.get(0)).append(padding(line.get(0), widths[0]));
            right(table, line, 1, widths);
            table.append('\n');
        }
        return table.toString();
    }

    public static String padding(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text)));
    }

    public static int width(String text) {
        return (int) text.codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .count();
    }
}
