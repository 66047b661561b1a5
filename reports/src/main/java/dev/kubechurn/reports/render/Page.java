package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Breakdown;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A report as one HTML file that needs nothing else: no network, system fonts; light and dark; fit for paper. What it is about
 * stands first: title, verdict, one sentence, then figures, charts and tables. All of it can be read without a script; the one
 * that there is shows the figures of a chart where the reader points, and sorts tables. For one thread.
 */
public final class Page {

    /** How a verdict looks. */
    public enum Tone {
        GOOD,
        BAD,
        WARNING
    }

    /**
     * A figure in a box.
     *
     * @param below a line of less importance; may be empty
     */
    public record Tile(String title, String figure, String below) {}

    /** In place of a chart that would show nothing else. */
    private static final String ZEROS = "Every value is 0.";

    /** A unit with the blank before it, which no line may end at. */
    private static final Pattern UNIT = Pattern.compile("(?<=\\d) (ns|µs|ms|s|min)\\b");

    private final String title;
    private final StringBuilder body = new StringBuilder();
    private final Terms terms = new Terms();

    /** The text of the section that is being made, and where its terms are explained; negative: at its end. */
    private final StringBuilder said = new StringBuilder();

    private int termsAt = -1;
    private int charts;

    /**
     * Begins a page.
     *
     * @param badge the verdict in a word or three
     * @param facts what was run, in one line
     */
    public Page(String title, String badge, Tone tone, String facts) {
        this.title = title;
        body.append("<header>\n<h1>").append(Markup.escaped(title));
        body.append(" <span class=\"badge ").append(style(tone)).append("\">");
        body.append(Markup.escaped(badge)).append("</span></h1>\n");
        body.append("<p class=\"facts\">").append(Markup.escaped(facts)).append("</p>\n</header>\n");
    }

    private static String style(Tone tone) {
        return switch (tone) {
            case GOOD -> "good";
            case BAD -> "bad";
            case WARNING -> "warning";
        };
    }

    /** Links to the pages that belong to this one, after a word for what they are; nothing where there are none. */
    public Page links(String what, List<Table.Link> links) {
        if (!links.isEmpty()) {
            body.append("<p class=\"links\">").append(Markup.escaped(what)).append(' ');
            body.append(String.join(" · ", links.stream().map(Markup::link).toList()))
                    .append("</p>\n");
        }
        return this;
    }

    private void say(String text) {
        said.append(text).append('\n');
    }

    /** Explains the terms of the section that ends here. */
    private void explain() {
        body.insert(termsAt < 0 ? body.length() : termsAt, terms.explaining(said.toString()));
        said.setLength(0);
    }

    /** The answer, a paragraph for each line. What stands between two asterisks is set in bold. */
    public Page sentence(String text) {
        text.lines().forEach(this::line);
        return this;
    }

    private void line(String text) {
        say(text.replace("**", ""));
        String[] parts = UNIT.matcher(text).replaceAll("\u00a0$1").split("\\*\\*", -1);
        body.append("<p class=\"answer\">");
        for (int i = 0; i < parts.length; i++) {
            body.append(i % 2 == 0 ? "" : "<strong>")
                    .append(Markup.escaped(parts[i]))
                    .append(i % 2 == 0 ? "" : "</strong>");
        }
        body.append("</p>\n");
    }

    public Page tiles(List<Tile> tiles) {
        body.append("<ul class=\"tiles\">\n");
        for (Tile tile : tiles) {
            say(tile.title() + "\n" + tile.below());
            body.append("<li><span class=\"name\">").append(Markup.escaped(tile.title()));
            body.append("</span><span class=\"figure\">").append(Markup.escaped(tile.figure()));
            body.append("</span><span class=\"below\">")
                    .append(Markup.escaped(tile.below()))
                    .append("</span></li>\n");
        }
        body.append("</ul>\n");
        return this;
    }

    /** A part with its heading. */
    public Page section(String heading, String explanation) {
        explain();
        say(heading + "\n" + explanation);
        body.append("<h2>").append(Markup.escaped(heading)).append("</h2>\n");
        if (!explanation.isEmpty()) {
            body.append("<p class=\"quiet\">")
                    .append(Markup.escaped(explanation))
                    .append("</p>\n");
        }
        termsAt = body.length();
        return this;
    }

    public Page paragraph(String text) {
        say(text);
        body.append("<p>").append(Markup.escaped(text)).append("</p>\n");
        return this;
    }

    public Page list(List<String> lines) {
        lines.forEach(this::say);
        body.append("<ul class=\"plain\">\n");
        lines.forEach(line -> body.append("<li>").append(Markup.escaped(line)).append("</li>\n"));
        body.append("</ul>\n");
        return this;
    }

    public Page command(String text) {
        body.append("<pre tabindex=\"0\">").append(Markup.escaped(text)).append("</pre>\n");
        return this;
    }

    /** A chart made here. */
    Page chart(String svg) {
        body.append("<figure tabindex=\"0\">\n").append(svg).append("</figure>\n");
        return this;
    }

    private String nextId() {
        return "c" + charts++;
    }

    /** Series of one unit over time; one line of text where they are 0 all the time. */
    public Page chart(SeriesChart chart) {
        String names = String.join(", ", chart.names());
        say(names);
        return chart.isFlat() ? paragraph("No " + names + " in this run.") : chart(chart.element(nextId()));
    }

    /** Values against their percentiles; one line of text where all are 0. */
    public Page chart(PercentileChart chart) {
        return chart.isFlat() ? paragraph(ZEROS) : chart(chart.element(nextId()));
    }

    /** Bars below each other; one line of text where all are 0. */
    Page chart(BarChart chart) {
        return chart.isFlat() ? paragraph(ZEROS) : chart(chart.element(nextId()));
    }

    /** Bars below each other, the largest first. */
    public Page bars(String title, Breakdown breakdown) {
        List<BarChart.Bar> bars = new ArrayList<>();
        breakdown.parts().forEach((name, value) -> bars.add(BarChart.Bar.of(name, value)));
        return chart(new BarChart(title, breakdown.unit(), bars));
    }

    /** A table; nothing where it has no rows. */
    public Page table(Table table) {
        if (!table.isEmpty()) {
            say(table.said());
            body.append(table.html());
        }
        return this;
    }

    /** The whole file. */
    public String html() {
        explain();
        List<String> parts = new ArrayList<>();
        parts.add("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        parts.add(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src '"
                        + Script.HASH + "'\">");
        parts.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        parts.add("<meta name=\"color-scheme\" content=\"light dark\">");
        parts.add("<title>" + Markup.escaped(title) + "</title>\n<style>\n" + Script.STYLE
                + "</style>\n</head>\n<body>\n<main>");
        parts.add(body + "</main>\n<div id=\"tip\" role=\"status\" hidden></div>\n<script>" + Script.TEXT
                + "</script>\n</body>\n</html>\n");
        return String.join("\n", parts);
    }
}
