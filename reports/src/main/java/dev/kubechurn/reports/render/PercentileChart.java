package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.Unit;
import java.util.List;
import java.util.Locale;

/**
 * Values against the share of those that are not larger, which is stretched towards its end: from 99 to 99.9 percent is as far
 * as from 90 to 99. Immutable.
 */
public final class PercentileChart {

    private static final Plot PLOT = new Plot(860, 300, 84, 150, 20, 40);
    private static final int POINTS = 160;
    private static final double[] TICKS = {0, 50, 90, 99, 99.9, 99.99};

    private final String title;
    private final Unit unit;
    private final List<Line> lines;

    /** One line, with its name for people. */
    public record Line(String name, HistogramSnapshot values) {}

    /**
     * A chart.
     *
     * @param lines from 1 to 4, none of which is empty
     */
    public PercentileChart(String title, Unit unit, List<Line> lines) {
        if (lines.isEmpty()
                || lines.size() > SeriesChart.MOST_LINES
                || lines.stream().anyMatch(line -> line.values().isEmpty())) {
            throw new IllegalArgumentException("a chart shows 1 to " + SeriesChart.MOST_LINES + " lines with values");
        }
        this.title = title;
        this.unit = unit;
        this.lines = List.copyOf(lines);
    }

    /** Nothing but zeros: no picture. */
    boolean isFlat() {
        return lines.stream().allMatch(line -> line.values().max() == 0);
    }

    String element(String id) {
        double decades = 1;
        double highest = 0;
        for (Line line : lines) {
            decades = Math.max(decades, Math.min(4, reach(line.values())));
            highest = Math.max(highest, (double) line.values().max());
        }
        Scale y = Scale.of(highest, unit);
        StringBuilder svg = new StringBuilder();
        PLOT.begin(svg, id, title);
        axes(svg, y, decades);
        double[] ends = new double[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            ends[i] = line(svg, i, y, decades) + 4;
        }
        double[] placed = Lettering.column(ends, PLOT.height() - PLOT.bottom() + 4.0);
        for (int i = 0; i < lines.size(); i++) {
            double most = Math.min(decades, reach(lines.get(i).values()));
            PLOT.end(
                    svg, PLOT.across(most / decades), placed[i], i, lines.get(i).name());
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg, Scale y, double decades) {
        PLOT.grid(svg, y, tick -> tick == 0 ? "0" : Quantity.format(tick, unit));
        Lettering.Axis axis = new Lettering.Axis();
        for (double tick : TICKS) {
            double across = across(tick);
            String label = Double.toString(tick).replaceFirst("\\.0$", "") + " %";
            if (across <= decades + 1e-9 && axis.takes(label, PLOT.across(across / decades))) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                        PLOT.across(across / decades),
                        PLOT.height() - PLOT.bottom() + 20,
                        label));
            }
        }
    }

    /** How far so many values reach: of a hundred the last percent is one. */
    private static double reach(HistogramSnapshot values) {
        return StrictMath.log10(Math.max(10.0, (double) values.count()));
    }

    /** In decades of what is left over. */
    private static double across(double percent) {
        return -StrictMath.log10(1 - percent / 100);
    }

    /** Of so many decades: 97.4 %, 99.95 %. */
    private static String share(double decades) {
        int digits = 1 + (int) StrictMath.floor(decades);
        return String.format(
                Locale.ROOT, "%." + Math.min(3, digits) + "f %%", 100 * (1 - StrictMath.pow(10, -decades)));
    }

    /** @return how high it ends */
    private double line(StringBuilder svg, int index, Scale y, double decades) {
        HistogramSnapshot values = lines.get(index).values();
        double most = Math.min(decades, reach(values));
        svg.append("<polyline class=\"line\" style=\"stroke:var(--c")
                .append(index)
                .append(")\" points=\"");
        double end = 0;
        Tips tips = new Tips(lines.get(index).name());
        for (int i = 0; i <= POINTS; i++) {
            double at = most * i / POINTS;
            double value = (double) values.percentile(100 * (1 - StrictMath.pow(10, -at)));
            end = PLOT.at(value, y);
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", PLOT.across(at / decades), end));
            tips.add(PLOT.across(at / decades), end, share(at), Quantity.format(value, unit));
        }
        svg.append('"')
                .append(tips.attributes())
                .append("><title>")
                .append(Markup.escaped(lines.get(index).name() + ": 50 % within " + Quantity.format(values.p50(), unit)
                        + ", 99 % within " + Quantity.format(values.p99(), unit)))
                .append("</title></polyline>\n");
        return end;
    }
}
