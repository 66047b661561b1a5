package dev.kubechurn.reports.render;

import dev.kubechurn.reports.gate.Row;
import dev.kubechurn.reports.gate.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Changes with their intervals, one below the other, on one axis of percent: what matters as dashed lines, the noise of the
 * machine as a band. The forks of
 * both stand as dots below each interval, as their distance from the base's median.
 */
final class ForestPlot {

    private static final int WIDTH = 940;
    private static final int LEFT = 350;
    private static final int RIGHT = 200;
    private static final int TOP = 12;
    private static final int ROW = 38;
    private static final int FOOT = 52;
    private static final double LEAST_SPAN = 0.06;

    private final List<Row> rows;
    private final double low;
    private final double high;

    /** @param rows measured, at least one */
    ForestPlot(List<Row> rows) {
        this.rows = List.copyOf(rows);
        double least = -LEAST_SPAN;
        double most = LEAST_SPAN;
        for (Row row : rows) {
            Row.Measured measured = measured(row);
            least = Math.min(least, Math.min(measured.low(), -measured.threshold()));
            most = Math.max(most, Math.max(measured.high(), measured.threshold()));
        }
        double room = (most - least) * 0.06;
        this.low = least - room;
        this.high = most + room;
    }

    private static Row.Measured measured(Row row) {
        if (row.measured() == null) {
            throw new IllegalArgumentException(row.metric() + " was not measured");
        }
        return row.measured();
    }

    String svg() {
        int height = TOP + rows.size() * ROW + FOOT;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"forest\" viewBox=\"0 0 "
                + WIDTH + " " + height + "\">\n");
        svg.append(
                "<title id=\"forest\">Change of each metric with its 95 % interval; the table below has the figures</title>\n");
        axis(svg, height);
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), TOP + i * ROW + ROW / 2);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axis(StringBuilder svg, int height) {
        int bottom = height - FOOT;
        double step = step();
        Lettering.Axis axis = new Lettering.Axis();
        for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
            double at = at(tick);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n",
                    Math.abs(tick) < step / 2 ? "limit" : "grid",
                    at,
                    at,
                    TOP,
                    bottom));
            if (axis.takes(percent(tick, 0), at)) {
                text(svg, at, bottom + 18, "middle", "", percent(tick, 0));
            }
        }
        text(
                svg,
                (LEFT + WIDTH - RIGHT) / 2.0,
                bottom + 40,
                "middle",
                "",
                "change from base to candidate; dashes: threshold; grey band: noise; small dots: forks, base above candidate");
    }

    private double step() {
        for (double step : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 50, 100}) {
            if ((high - low) / step <= 8) {
                return step;
            }
        }
        return high - low;
    }

    private void row(StringBuilder svg, Row row, int y) {
        Row.Measured measured = measured(row);
        String colour = colour(row.verdict());
        svg.append("<g>\n<title>")
                .append(Markup.escaped(row.metric() + ": " + figures(row)))
                .append("</title>\n");
        if (measured.noise() > 0) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"band\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                    at(-measured.noise()),
                    y - ROW / 2,
                    at(measured.noise()) - at(-measured.noise()),
                    ROW));
        }
        for (double limit : new double[] {-measured.threshold(), measured.threshold()}) {
            line(svg, at(limit), y - ROW / 2, at(limit), y + ROW / 2, "class=\"limit\"");
        }
        String stroke = "style=\"stroke:var(" + colour + ");stroke-width:3\"";
        line(svg, at(measured.low()), y, at(measured.high()), y, stroke);
        svg.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%d\" r=\"5\" style=\"fill:var(%s)\"/>\n",
                at(measured.change()),
                y,
                colour));
        dots(svg, row, measured.baseSamples(), y + 9, "--quiet");
        dots(svg, row, measured.candidateSamples(), y + 13, colour);
        text(svg, LEFT - 14, y + 4, "end", "name", shortened(row.metric()));
        text(
                svg,
                WIDTH - RIGHT + 12,
                y + 4,
                "start",
                "name\" style=\"font-weight:600;fill:var(" + colour + ")",
                Lettering.fitted(
                        percent(measured.change(), 1) + " " + row.verdict().word(), RIGHT - 16.0));
        svg.append("</g>\n");
    }

    private void dots(StringBuilder svg, Row row, List<Double> samples, int y, String colour) {
        for (double sample : samples) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%d\" r=\"1.6\" style=\"fill:var(%s)\"/>\n",
                    at(sample / row.base() - 1),
                    y,
                    colour));
        }
    }

    static String figures(Row row) {
        Row.Measured measured = measured(row);
        return percent(measured.change(), 1) + " (" + percent(measured.low(), 1) + " to " + percent(measured.high(), 1)
                + "), " + row.verdict().word();
    }

    /** What fits beside the plot; the whole name stands in the row's title and in the table. */
    private static String shortened(String metric) {
        return Lettering.fitted(metric.replaceFirst("Benchmark\\.", "."), LEFT - 18.0);
    }

    static String colour(Verdict verdict) {
        return switch (verdict) {
            case REGRESSED -> "--bad";
            case IMPROVED -> "--good";
            case INCONCLUSIVE -> "--warning";
            default -> "--quiet";
        };
    }

    static String percent(double fraction, int digits) {
        String text = String.format(Locale.ROOT, "%+." + digits + "f", 100 * fraction);
        return (text.matches("[+-]0(\\.0+)?") ? text.substring(1) : text).replace('-', '−') + "\u00a0%";
    }

    private double at(double fraction) {
        double within = Math.max(low, Math.min(high, fraction));
        return LEFT + (within - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String attributes) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>\n",
                x1,
                y1,
                x2,
                y2,
                attributes));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String style, String text) {
        svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">",
                        x,
                        y,
                        anchor,
                        style))
                .append(Markup.escaped(text))
                .append("</text>\n");
    }
}
