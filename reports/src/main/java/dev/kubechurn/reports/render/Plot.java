package dev.kubechurn.reports.render;

import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Where in a picture a chart's marks stand: an area with room around it for what is written there.
 *
 * @param left of the room beside the area, and so on
 */
record Plot(int width, int height, int left, int right, int top, int bottom) {

    /** Where a share of the way from left to right is. */
    double across(double share) {
        return left + share * (width - left - right);
    }

    /** How high a value is; none is below the axis. */
    double at(double value, Scale y) {
        return height - bottom - Math.max(0, value) / y.top() * (height - top - bottom);
    }

    /** The picture's beginning, with what it is for those who do not see it. */
    void begin(StringBuilder svg, String id, String title) {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"" + id
                + "\" viewBox=\"0 0 " + width + " " + height + "\">\n<title id=\"" + id + "\">" + Markup.escaped(title)
                + "</title>\n");
    }

    /** A line's name beside where it ends. */
    void end(StringBuilder svg, double x, double baseline, int colour, String name) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"name\" x=\"%.1f\" y=\"%.1f\" style=\"fill:var(--c%d)\">%s</text>\n",
                x + 8,
                baseline,
                colour,
                Markup.escaped(Lettering.fitted(name, right - 12.0))));
    }

    /** A line for each step of the scale, and what it stands for. */
    void grid(StringBuilder svg, Scale y, DoubleFunction<String> label) {
        for (double tick : y.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                    left,
                    width - right,
                    at(tick, y),
                    at(tick, y),
                    left - 8,
                    at(tick, y) + 4,
                    Markup.escaped(label.apply(tick))));
        }
    }
}
