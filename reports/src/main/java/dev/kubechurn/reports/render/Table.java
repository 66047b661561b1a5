package dev.kubechurn.reports.render;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A table of a page, whose first column is text and whose others are figures or words. Its rows stand in the order given;
 * the page's script lets a reader sort them by any column, figures by value. For one thread.
 */
public final class Table {

    private final List<String> header;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** A link to another page beside this one. */
    public record Link(String text, String href) {}

    /**
     * A cell.
     *
     * @param value what it sorts by, where that is a number
     * @param links below the text, or in its place where it is empty
     */
    public record Cell(String text, OptionalDouble value, List<Link> links) {

        public Cell {
            links = List.copyOf(links);
        }

        public static Cell of(String text) {
            return new Cell(text, OptionalDouble.empty(), List.of());
        }

        public static Cell of(String text, double value) {
            return new Cell(text, OptionalDouble.of(value), List.of());
        }

        /** A number, all digits. */
        public static Cell count(long value) {
            return of(Counts.exact(value), (double) value);
        }

        static Cell of(String text, List<Link> links) {
            return new Cell(text, OptionalDouble.empty(), links);
        }

        private String said() {
            List<String> parts = new ArrayList<>(List.of(text));
            links.forEach(link -> parts.add(link.text()));
            return String.join(" ", parts);
        }

        private String html() {
            String linked = links.stream().map(Markup::link).collect(Collectors.joining(", "));
            return text.isEmpty() || links.isEmpty()
                    ? Markup.escaped(text) + linked
                    : Markup.escaped(text) + " <span class=\"below\">" + linked + "</span>";
        }
    }

    public Table(List<String> header) {
        this.header = List.copyOf(header);
    }

    /** One more row, with a cell for each column. */
    public Table row(List<Cell> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + header.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** One more row of text alone. */
    public Table words(List<String> cells) {
        return row(cells.stream().map(Cell::of).toList());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** All its text, for whoever looks for words in it. */
    String said() {
        List<String> said = new ArrayList<>(header);
        rows.forEach(row -> row.forEach(cell -> said.add(cell.said())));
        return String.join("\n", said);
    }

    String html() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>");
        header.forEach(title ->
                html.append("<th scope=\"col\">").append(Markup.escaped(title)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<Cell> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append(i == 0 ? "<th scope=\"row\"" : "<td");
                row.get(i)
                        .value()
                        .ifPresent(value ->
                                html.append(" data-value=\"").append(value).append('"'));
                html.append('>').append(row.get(i).html()).append(i == 0 ? "</th>" : "</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }
}
