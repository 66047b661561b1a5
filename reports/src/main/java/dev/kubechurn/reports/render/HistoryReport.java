package dev.kubechurn.reports.render;

import dev.kubechurn.reports.gate.History;
import dev.kubechurn.reports.gate.History.Trend;
import dev.kubechurn.reports.result.Better;
import dev.kubechurn.reports.text.FittedTable;
import dev.kubechurn.reports.text.Paint;
import dev.kubechurn.reports.text.Paragraph;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A history for a terminal and for a browser: which metrics changed for good, when and by how much. Immutable. */
public final class HistoryReport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Beyond it a page is no longer looked at. */
    private static final int MOST_CHARTS = 30;

    private static final int WIDTH = 940;
    private static final int HEIGHT = 200;
    private static final int LEFT = 100;
    private static final int RIGHT = 30;
    private static final int TOP = 36;
    private static final int BOTTOM = 34;

    private static final List<FittedTable.Column> COLUMNS = List.of(
            FittedTable.Column.name("metric"),
            FittedTable.Column.figure("since", 0),
            FittedTable.Column.figure("", 0),
            FittedTable.Column.figure("step", 0),
            FittedTable.Column.figure("before", 0),
            FittedTable.Column.figure("after", 0));

    private final History history;

    public HistoryReport(History history) {
        this.history = history;
    }

    /** In one sentence. */
    public String sentence() {
        List<Trend> changed = history.changed();
        String head = "In " + history.times().size() + " results of " + history.name() + " ("
                + history.trends().size() + " metrics), ";
        if (changed.isEmpty()) {
            return head + "no metric changed its level.";
        }
        Trend first = changed.get(0);
        return head + changed.size() + (changed.size() == 1 ? " metric" : " metrics")
                + " changed; the largest change is **" + first.metric() + "**, **" + step(first, last(first)) + "** on "
                + time(first, last(first)) + ".";
    }

    private static int last(Trend trend) {
        return trend.changes().get(trend.changes().size() - 1);
    }

    private static String time(Trend trend, int index) {
        return TIME.format(trend.times().get(index));
    }

    private static String step(Trend trend, int change) {
        double step = trend.step(change);
        return Double.isInfinite(step) ? "from nothing" : ForestPlot.percent(step, 1);
    }

    private static String judged(Trend trend, int change) {
        if (trend.better() == Better.NEITHER) {
            return "changed";
        }
        return trend.step(change) > 0 == (trend.better() == Better.LOWER) ? "worse" : "better";
    }

    private List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        for (Trend trend : history.changed()) {
            for (int change : trend.changes()) {
                lines.add(List.of(
                        trend.metric(),
                        time(trend, change),
                        judged(trend, change),
                        step(trend, change),
                        Quantity.format(trend.values().get(change - 1), trend.unit()),
                        Quantity.format(trend.values().get(change), trend.unit())));
            }
        }
        return lines;
    }

    /**
     * For a terminal.
     *
     * @param most changes
     */
    public String text(Paint paint, int most) {
        List<String> text = new ArrayList<>(Paragraph.lines(sentence(), Paragraph.WIDTH, paint));
        List<List<String>> lines = lines();
        if (!lines.isEmpty()) {
            text.add("");
            text.addAll(new FittedTable(COLUMNS, lines.subList(0, Math.min(most, lines.size()))).lines(paint));
        }
        if (lines.size() > most) {
            text.add("  … and " + (lines.size() - most) + " more changes: --details");
        }
        return String.join("\n", text) + "\n";
    }

    /** For a browser: metrics that changed first, then the others, as far as a page holds them. */
    public String html() {
        List<Trend> changed = history.changed();
        Page page = new Page(
                "History of " + history.name(),
                changed.isEmpty() ? "no change" : changed.size() + " changed",
                changed.isEmpty() ? Page.Tone.GOOD : Page.Tone.WARNING,
                facts());
        page.sentence(sentence());
        if (!changed.isEmpty()) {
            page.section(
                    "Changes",
                    "a change is a new level that lasts for at least three results (E-divisive); a single spike is not one");
            page.table(changes());
        }
        page.section("Trends", "one point for each result; a dashed line marks a new level");
        List<Trend> shown = new ArrayList<>(changed);
        history.trends().stream()
                .filter(trend -> trend.changes().isEmpty() && !isFlat(trend))
                .forEach(shown::add);
        for (Trend trend : shown.subList(0, Math.min(MOST_CHARTS, shown.size()))) {
            page.chart(chart(trend, "trend-" + shown.indexOf(trend)));
        }
        if (shown.size() > MOST_CHARTS) {
            page.paragraph((shown.size() - MOST_CHARTS) + " more metrics did not change.");
        }
        List<String> flat = history.trends().stream()
                .filter(HistoryReport::isFlat)
                .map(Trend::metric)
                .toList();
        if (!flat.isEmpty()) {
            page.paragraph("Always 0: " + String.join(", ", flat) + ".");
        }
        return page.html();
    }

    private static boolean isFlat(Trend trend) {
        return trend.values().stream().allMatch(value -> value == 0);
    }

    private Table changes() {
        Table table = new Table(List.of("metric", "since", "verdict", "change", "before", "after"));
        for (Trend trend : history.changed()) {
            for (int change : trend.changes()) {
                double before = trend.values().get(change - 1);
                double after = trend.values().get(change);
                table.row(List.of(
                        Table.Cell.of(trend.metric()),
                        Table.Cell.of(time(trend, change)),
                        Table.Cell.of(judged(trend, change)),
                        Table.Cell.of(step(trend, change), trend.step(change)),
                        Table.Cell.of(Quantity.format(before, trend.unit()), before),
                        Table.Cell.of(Quantity.format(after, trend.unit()), after)));
            }
        }
        return table;
    }

    private String facts() {
        List<Instant> times = history.times();
        return times.isEmpty()
                ? "no results yet"
                : times.size() + " results from " + TIME.format(times.get(0)) + " to "
                        + TIME.format(times.get(times.size() - 1)) + " UTC";
    }

    private static String chart(Trend trend, String id) {
        Scale y = Scale.of(
                trend.values().stream().mapToDouble(Double::doubleValue).max().orElse(0), trend.unit());
        List<Lettering.Beside> steps = trend.changes().stream()
                .map(change -> Lettering.Beside.of(step(trend, change), began(trend, change), WIDTH - 4.0))
                .toList();
        List<Integer> rows = Lettering.rows(steps);
        int above = Lettering.height(rows);
        Plot plot = new Plot(WIDTH, HEIGHT + above, LEFT, RIGHT, TOP + above, BOTTOM);
        StringBuilder svg = new StringBuilder();
        plot.begin(svg, id, trend.metric() + " over time");
        svg.append("<text class=\"title\" x=\"12\" y=\"16\">"
                + Markup.escaped(Lettering.fitted(trend.metric(), (WIDTH - 20) / 1.25)) + "</text>\n");
        plot.grid(svg, y, tick -> tick == 0 ? "0" : Quantity.format(tick, trend.unit()));
        for (int i = 0; i < steps.size(); i++) {
            double x = began(trend, trend.changes().get(i));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"limit\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%d\"/>\n<text x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                    x,
                    x,
                    plot.top() - 20 - Lettering.LINE * rows.get(i),
                    plot.height() - BOTTOM,
                    steps.get(i).left(),
                    plot.top() - 12 - Lettering.LINE * rows.get(i),
                    Markup.escaped(steps.get(i).text())));
        }
        for (int i = 0; i < trend.values().size(); i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" style=\"fill:var(--c0)\"><title>%s</title></circle>\n",
                    across(trend, i),
                    plot.at(trend.values().get(i), y),
                    Markup.escaped(time(trend, i) + ": "
                            + Quantity.format(trend.values().get(i), trend.unit()))));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">%s</text>\n<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
                LEFT,
                plot.height() - 12,
                time(trend, 0),
                WIDTH - RIGHT,
                plot.height() - 12,
                trend.values().size() == 1 ? "" : time(trend, trend.values().size() - 1)));
        return svg.append("</svg>\n").toString();
    }

    /** Half way from the last result of the old level to the first of the new. */
    private static double began(Trend trend, int change) {
        return across(trend, change)
                - 0.5 * (WIDTH - LEFT - RIGHT) / Math.max(1, trend.values().size() - 1);
    }

    private static double across(Trend trend, int index) {
        return LEFT + (double) index / Math.max(1, trend.values().size() - 1) * (WIDTH - LEFT - RIGHT);
    }
}
