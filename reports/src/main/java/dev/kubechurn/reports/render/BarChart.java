package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Unit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Bars of one unit below each other, each with its figure, and a line for what it lies between where that is known. */
final class BarChart {

    /** From no bar to the longest. */
    private static final int LENGTH = 320;

    /** A longer name is cut; the whole stands in the bar's title. */
    private static final double MOST_NAME = 380;

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
        int left = 14 + widest(bars.stream().map(BarChart::name));
        int width = left + LENGTH + 16 + widest(bars.stream().map(this::figure));
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"" + id
                + "\" class=\"bars\" style=\"--width:" + width + "px\" viewBox=\"0 0 " + width + " " + height
                + "\">\n<title id=\"" + id + "\">" + Markup.escaped(title)
                + "</title>\n");
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), i * ROW + ROW / 2, left, highest);
        }
        return svg.append("</svg>\n").toString();
    }

    private void bar(StringBuilder svg, Bar bar, int y, int left, double highest) {
        double end = left + at(bar.value(), highest);
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
                left - 10,
                y + 4,
                Markup.escaped(name(bar))));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" style=\"fill:var(--c0)\"/>\n",
                left,
                y - THICK / 2,
                Math.max(0, end - left),
                THICK));
        if (bar.least() < bar.most()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" style=\"stroke:var(--ink);stroke-width:2\"/>\n",
                    left + at(bar.least(), highest),
                    left + at(bar.most(), highest),
                    y,
                    y));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\">%s</text>\n",
                left + at(bar.most(), highest) + 8,
                y + 4,
                Markup.escaped(figure(bar))));
        svg.append("</g>\n");
    }

    private static String name(Bar bar) {
        return Lettering.fitted(bar.name(), MOST_NAME);
    }

    private String figure(Bar bar) {
        return Quantity.format(bar.value(), unit);
    }

    private static int widest(Stream<String> texts) {
        return (int) Math.ceil(texts.mapToDouble(Lettering::width).max().orElse(0));
    }

    private static double at(double value, double highest) {
        return highest <= 0 ? 0 : Math.max(0, value) / highest * LENGTH;
    }
}
