package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Series.Point;
import dev.kubechurn.reports.result.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some series of one unit over time as an SVG picture of its own, readable on white and on black, and without colours: each
 * line has a dash of its own. The same series give the same picture. Immutable.
 */
public final class SeriesChart {

    /** More lines cannot be told apart. */
    public static final int MOST_LINES = 4;

    private static final int WIDTH = 860;
    private static final int HEIGHT = 300;
    private static final int BOTTOM = 40;
    private static final int STRIP = 18;

    private static final int LEFT = 84;

    /** Room for the names where the lines end. */
    private static final int RIGHT = 150;

    private static final int STRETCHES = 300;

    /** So many figures of a line can be pointed at. */
    private static final int TIPS = 200;

    private static final double NANOS = 1e9;

    private static final List<String> DASHES = List.of("none", "7 4", "2 3", "10 3 2 3");

    private final String title;
    private final List<Line> lines;
    private final List<Mark> marks;
    private final List<Line> strips;

    /**
     * One line.
     *
     * @param name for people
     */
    public record Line(String name, Series series) {}

    /**
     * Something that happened.
     *
     * @param name for people
     */
    public record Mark(double seconds, String name) {}

    /** A picture of series, without marks. */
    public SeriesChart(String title, List<Line> lines) {
        this(title, lines, List.of(), List.of());
    }

    /**
     * A picture of series.
     *
     * @param title above it, for people
     * @param lines from one to {@link #MOST_LINES}, all of one unit
     * @param marks what happened, and when
     * @param strips below the picture, where something happened and how much of it; of any unit
     */
    public SeriesChart(String title, List<Line> lines, List<Mark> marks, List<Line> strips) {
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw new IllegalArgumentException("a chart shows 1 to " + MOST_LINES + " series, not " + lines.size());
        }
        if (lines.stream().map(line -> line.series().unit()).distinct().count() > 1) {
            throw new IllegalArgumentException("series of different units have no axis in common");
        }
        this.title = title;
        this.lines = List.copyOf(lines);
        this.marks = List.copyOf(marks);
        this.strips = List.copyOf(strips);
    }

    /** The picture as a file of its own, with the size that it is best seen at. */
    public String svg() {
        return svg("", true);
    }

    /**
     * The picture as a part of a page, whose style it takes.
     *
     * @param id what its parts' ids begin with, for there may be others
     */
    String element(String id) {
        return svg(id, false);
    }

    private String svg(String id, boolean alone) {
        double seconds = Stream.concat(lines.stream(), strips.stream())
                .flatMap(line -> line.series().points().stream())
                .mapToDouble(point -> point.offsetNanos() / NANOS)
                .max()
                .orElse(1);
        double highest = lines.stream()
                .flatMap(line -> line.series().points().stream())
                .mapToDouble(Point::value)
                .max()
                .orElse(0);
        Scale x = Scale.ofSeconds(seconds);
        Scale y = Scale.of(highest, unit());
        List<Mark> shown =
                marks.stream().filter(mark -> mark.seconds() <= x.top()).toList();
        Plot plot = plot(shown, x, y, alone);
        StringBuilder svg = new StringBuilder();
        head(svg, plot, highest, id, alone);
        axes(svg, plot, x, y);
        marks(svg, plot, shown, x);
        for (int i = 0; i < lines.size(); i++) {
            line(svg, plot, i, x, y, alone);
        }
        if (alone) {
            legend(svg, plot);
        } else {
            ends(svg, plot, x, y);
            for (int i = 0; i < strips.size(); i++) {
                strip(svg, plot, strips.get(i), plot.height() - plot.bottom() + 30 + i * STRIP, x);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    /** As large as what is written around it needs. */
    private Plot plot(List<Mark> shown, Scale x, Scale y, boolean alone) {
        double widest = y.ticks().stream()
                .mapToDouble(tick -> Lettering.width(tick(tick)))
                .max()
                .orElse(0);
        int left = Math.max(LEFT, (int) Math.ceil(widest) + 12);
        Plot first = new Plot(WIDTH, HEIGHT, left, alone ? 36 : RIGHT, 0, BOTTOM);
        int above = Lettering.height(Lettering.rows(besides(first, shown, x)));
        int below = alone ? 0 : STRIP * strips.size();
        int top = alone ? 40 + Lettering.height(Lettering.rows(keys(first))) : 16;
        int height = (alone ? HEIGHT : HEIGHT - BOTTOM) + above + below;
        return new Plot(WIDTH, height, left, first.right(), top + above, BOTTOM + below);
    }

    private static List<Lettering.Beside> besides(Plot plot, List<Mark> shown, Scale x) {
        return shown.stream()
                .map(mark -> Lettering.Beside.of(
                        Lettering.fitted(mark.name(), plot.across(1) / 2 - 20),
                        plot.across(mark.seconds() / x.top()),
                        plot.across(1)))
                .toList();
    }

    /** Nothing but zeros, or nothing at all: no picture. */
    boolean isFlat() {
        return lines.stream().flatMap(line -> line.series().points().stream()).allMatch(point -> point.value() == 0);
    }

    /** What a flat one would have shown. */
    List<String> names() {
        return lines.stream().map(Line::name).toList();
    }

    private String tick(double value) {
        return value == 0 ? "0" : Quantity.format(value, unit());
    }

    private Unit unit() {
        return lines.get(0).series().unit();
    }

    private void head(StringBuilder svg, Plot plot, double highest, String id, boolean alone) {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"" + id + "t " + id
                + "d\" width=\"" + plot.width() + "\" height=\"" + plot.height() + "\" viewBox=\"0 0 " + plot.width()
                + " " + plot.height() + "\">\n");
        element(svg, "title", "id=\"" + id + "t\"", title);
        element(
                svg,
                "desc",
                "id=\"" + id + "d\"",
                String.join(", ", lines.stream().map(Line::name).toList()) + " over time; at most "
                        + Quantity.format(highest, unit()) + ".");
        if (alone) {
            svg.append(STYLE);
            svg.append("<rect width=\"" + WIDTH + "\" height=\"" + plot.height() + "\" style=\"fill:var(--back)\"/>\n");
            element(svg, "text", "class=\"title\" x=\"12\" y=\"22\"", title);
        }
    }

    private static final String STYLE = """
                <style>
                svg { --back: #fff; --ink: #1b1f24; --quiet: #57606a; --grid: #d8dee4; --c0: #0b5cad; --c1: #a84300; --c2: #1a7f37; --c3: #6e40c9 }
                @media (prefers-color-scheme: dark) {
                svg { --back: #0d1117; --ink: #e6edf3; --quiet: #9198a1; --grid: #30363d; --c0: #58a6ff; --c1: #ffa657; --c2: #56d364; --c3: #bc8cff }
                }
                text { font: 13px system-ui, sans-serif; fill: var(--quiet) }
                .title { font-size: 15px; font-weight: 600; fill: var(--ink) }
                .name { fill: var(--ink) }
                .grid { stroke: var(--grid) }
                .line { fill: none; stroke-width: 1.8; stroke-linejoin: round }
                </style>
                """;

    private void axes(StringBuilder svg, Plot plot, Scale x, Scale y) {
        plot.grid(svg, y, this::tick);
        Lettering.Axis axis = new Lettering.Axis();
        for (double tick : x.ticks()) {
            double at = plot.across(tick / x.top());
            if (!axis.takes(clock(tick), at)) {
                continue;
            }
            element(
                    svg,
                    "text",
                    String.format(
                            Locale.ROOT,
                            "x=\"%.1f\" y=\"%d\" text-anchor=\"middle\"",
                            at,
                            plot.height() - plot.bottom() + 20),
                    clock(tick));
        }
    }

    /** Such as {@code 45 s}, {@code 12 min}, {@code 1 h 30}. */
    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        if (whole == 0) {
            return "0";
        }
        if (whole % 60 != 0) {
            return whole + " s";
        }
        long minutes = whole / 60;
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60);
    }

    /** Such as {@code 45 s}, {@code 12 min 5 s}, {@code 1 h 30}. */
    private static String moment(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 || whole % 60 == 0
                ? clock(seconds)
                : clock((double) (whole - whole % 60)) + " " + whole % 60 + " s";
    }

    private void line(StringBuilder svg, Plot plot, int index, Scale x, Scale y, boolean alone) {
        svg.append("<polyline class=\"line\" style=\"stroke:var(--c")
                .append(index)
                .append(")\" stroke-dasharray=\"")
                .append(DASHES.get(index))
                .append("\" points=\"");
        for (Point point : ThinnedLine.of(lines.get(index).series(), STRETCHES)) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", at(plot, point, x), plot.at(point.value(), y)));
        }
        svg.append('"');
        if (!alone) {
            Tips tips = new Tips(lines.get(index).name());
            for (Point point : ThinnedLine.peaks(lines.get(index).series(), TIPS)) {
                tips.add(
                        at(plot, point, x),
                        plot.at(point.value(), y),
                        moment(point.offsetNanos() / NANOS),
                        Quantity.format(point.value(), unit()));
            }
            svg.append(tips.attributes());
        }
        svg.append("/>\n");
    }

    private static double at(Plot plot, Point point, Scale x) {
        return plot.across(point.offsetNanos() / NANOS / x.top());
    }

    /** The lines' names where they end, none over another. */
    private void ends(StringBuilder svg, Plot plot, Scale x, Scale y) {
        List<Integer> ended = IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).series().points().isEmpty())
                .boxed()
                .toList();
        double[] placed = Lettering.column(
                ended.stream().mapToDouble(i -> plot.at(last(i).value(), y) + 4).toArray(),
                plot.height() - plot.bottom() + 4.0);
        for (int at = 0; at < placed.length; at++) {
            int i = ended.get(at);
            plot.end(svg, at(plot, last(i), x), placed[at], i, lines.get(i).name());
        }
    }

    private Point last(int line) {
        List<Point> points = lines.get(line).series().points();
        return points.get(points.size() - 1);
    }

    /** The darker, the more: the most of it is black. */
    private static void strip(StringBuilder svg, Plot plot, Line strip, int y, Scale x) {
        List<Point> peaks = ThinnedLine.peaks(strip.series(), TIPS);
        double most = peaks.stream().mapToDouble(Point::value).max().orElse(0);
        element(
                svg,
                "text",
                String.format(Locale.ROOT, "x=\"%d\" y=\"%d\" text-anchor=\"end\"", plot.left() - 8, y + 11),
                Lettering.fitted(strip.name(), plot.left() - 10.0));
        double wide = (plot.across(1) - plot.left()) / Math.max(1, peaks.size());
        for (Point peak : peaks) {
            if (peak.value() > 0) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"strip\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"12\" style=\"opacity:%.2f\"><title>%s</title></rect>\n",
                        at(plot, peak, x) - wide,
                        y,
                        Math.max(1.5, wide),
                        0.2 + 0.8 * peak.value() / most,
                        Markup.escaped(moment(peak.offsetNanos() / NANOS) + ": " + strip.name() + " "
                                + Quantity.format(peak.value(), strip.series().unit()))));
            }
        }
    }

    /** Their names stand above the plot, so that they cover no line. */
    private static void marks(StringBuilder svg, Plot plot, List<Mark> shown, Scale x) {
        List<Lettering.Beside> besides = besides(plot, shown, x);
        List<Integer> rows = Lettering.rows(besides);
        for (int i = 0; i < shown.size(); i++) {
            double at = plot.across(shown.get(i).seconds() / x.top());
            double baseline = plot.top() - 14 - Lettering.LINE * rows.get(i);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line style=\"stroke:var(--quiet)\" stroke-dasharray=\"3 3\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%d\"/>\n",
                    at,
                    at,
                    baseline - 10,
                    plot.height() - plot.bottom()));
            boolean right = besides.get(i).left() > at;
            element(
                    svg,
                    "text",
                    String.format(
                            Locale.ROOT,
                            "x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"",
                            right ? at + 6 : at - 6,
                            baseline,
                            right ? "start" : "end"),
                    besides.get(i).text());
        }
    }

    /** The entries of the legend, each from its dash to the end of its name. */
    private List<Lettering.Beside> keys(Plot plot) {
        double room = (WIDTH - plot.left() - plot.right()) / (double) lines.size();
        List<Lettering.Beside> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            double left = plot.left() + i * room;
            String name = Lettering.fitted(lines.get(i).name(), WIDTH - left - 34);
            keys.add(new Lettering.Beside(name, left, left + 34 + Lettering.width(name)));
        }
        return keys;
    }

    private void legend(StringBuilder svg, Plot plot) {
        List<Lettering.Beside> keys = keys(plot);
        List<Integer> rows = Lettering.rows(keys);
        for (int i = 0; i < keys.size(); i++) {
            double y = 43 + Lettering.LINE * rows.get(i);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"line\" style=\"stroke:var(--c%d)\" stroke-dasharray=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
                    i,
                    DASHES.get(i),
                    keys.get(i).left(),
                    keys.get(i).left() + 28,
                    y - 4,
                    y - 4));
            element(
                    svg,
                    "text",
                    String.format(
                            Locale.ROOT,
                            "class=\"name\" x=\"%.1f\" y=\"%.1f\"",
                            keys.get(i).left() + 34,
                            y),
                    keys.get(i).text());
        }
    }

    private static void element(StringBuilder svg, String name, String attributes, String text) {
        svg.append('<').append(name).append(' ').append(attributes).append('>');
        svg.append(Markup.escaped(text)).append("</").append(name).append(">\n");
    }
}
