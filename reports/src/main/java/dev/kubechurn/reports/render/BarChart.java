package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Unit;
import java.util.List;
import java.util.Locale;

/** Bars of one unit below each other, each with its figure, and a line for what it lies between where that is known. */
final class BarChart {

    private static final int WIDTH = 940;
    private static final int LEFT = 330;
    private static final int RIGHT = 190;
    private static final int ROW = 28;
    private static final int THICK = 16;

    /** One bar. */
    record Bar(String name, double value, double least, double most) {

        /** One that is known. */
        static Bar of(String name, double value) {
            return new Bar(name, value, value, value);
        }
    }

    private final String title;
    private final Unit unit;
    private final List<Bar> bars;

    BarChart(String title, Unit unit, List<Bar> bars) {
        this.title = title;
        this.unit = unit;
        this.bars = List.copyOf(bars);
    }

    /** Nothing but zeros: no picture. */
    boolean isFlat() {
        return bars.stream().allMatch(bar -> bar.least() == 0 && bar.most() == 0);
    }

    String element(String id) {
        double highest = bars.stream().mapToDouble(Bar::most).max().orElse(0);
        int height = bars.size() * ROW + 8;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"" + id
                + "\" viewBox=\"0 0 " + WIDTH + " " + height + "\">\n<title id=\"" + id + "\">" + Markup.escaped(title)
                + "</title>\n");
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), i * ROW + ROW / 2, highest);
        }
        return svg.append("</svg>\n").toString();
    }

    private void bar(StringBuilder svg, Bar bar, int y, double highest) {
        double end = at(bar.value(), highest);
        svg.append("<g>\n<title>")
                .append(Markup.escaped(bar.name() + ": " + Quantity.format(bar.value(), unit)))
                .append(
                        bar.least() < bar.most()
                                ? Markup.escaped(", from " + Quantity.format(bar.least(), unit) + " to "
                                        + Quantity.format(bar.most(), unit))
                                : "")
                .append("</title>\n");
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
                LEFT - 10,
                y + 4,
                Markup.escaped(Lettering.fitted(bar.name(), LEFT - 12.0))));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" style=\"fill:var(--c0)\"/>\n",
                LEFT,
                y - THICK / 2,
                Math.max(0, end - LEFT),
                THICK));
        if (bar.least() < bar.most()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" style=\"stroke:var(--ink);stroke-width:2\"/>\n",
                    at(bar.least(), highest),
                    at(bar.most(), highest),
                    y,
                    y));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\">%s</text>\n",
                at(bar.most(), highest) + 8,
                y + 4,
                Markup.escaped(Quantity.format(bar.value(), unit))));
        svg.append("</g>\n");
    }

    private static double at(double value, double highest) {
        return LEFT + (highest <= 0 ? 0 : Math.max(0, value) / highest * (WIDTH - LEFT - RIGHT));
    }
}
