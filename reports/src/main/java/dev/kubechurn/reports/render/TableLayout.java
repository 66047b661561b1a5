package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Labels;
import java.util.List;

/** Which histograms a table shows, in which order and by which titles. */
public record TableLayout(List<Row> rows) {

    /** No table at all. */
    public static final TableLayout EMPTY = new TableLayout(List.of());

    /**
     * One line of the table; it is left out where the result has no histogram of that name and labels.
     *
     * @param title for people
     */
    public record Row(String metric, Labels labels, String title) {

        public Row(String metric, String title) {
            this(metric, Labels.NONE, title);
        }
    }

    public TableLayout {
        rows = List.copyOf(rows);
    }

    public static TableLayout of(Row... rows) {
        return new TableLayout(List.of(rows));
    }
}
