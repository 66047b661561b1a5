package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Breakdown;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as one HTML file that needs nothing else: no network, system fonts; light and dark; fit for paper. What it is about
 * stands first: title, verdict, one sentence, then figures, charts and tables. All of it can be read without a script; the one
 * that there is shows the figures of a chart where somebody points. For one thread.
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

    private final String title;
    private final StringBuilder body = new StringBuilder();

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

    /** The answer. What stands between two asterisks is set in bold. */
    public Page sentence(String text) {
        String[] parts = text.split("\\*\\*", -1);
        body.append("<p class=\"answer\">");
        for (int i = 0; i < parts.length; i++) {
            body.append(i % 2 == 0 ? "" : "<strong>")
                    .append(Markup.escaped(parts[i]))
                    .append(i % 2 == 0 ? "" : "</strong>");
        }
        body.append("</p>\n");
        return this;
    }

    public Page tiles(List<Tile> tiles) {
        body.append("<ul class=\"tiles\">\n");
        for (Tile tile : tiles) {
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
        body.append("<h2>").append(Markup.escaped(heading)).append("</h2>\n");
        if (!explanation.isEmpty()) {
            body.append("<p class=\"quiet\">")
                    .append(Markup.escaped(explanation))
                    .append("</p>\n");
        }
        return this;
    }

    public Page paragraph(String text) {
        body.append("<p>").append(Markup.escaped(text)).append("</p>\n");
        return this;
    }

    public Page list(List<String> lines) {
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

    /** Series of one unit over time. */
    public Page chart(SeriesChart chart) {
        return chart(chart.element("c" + body.length()));
    }

    /** Values against their percentiles. */
    public Page chart(PercentileChart chart) {
        return chart(chart.element("c" + body.length()));
    }

    /** Bars below each other, the largest first. */
    public Page bars(String title, Breakdown breakdown) {
        List<BarChart.Bar> bars = new ArrayList<>();
        breakdown.parts().forEach((name, value) -> bars.add(BarChart.Bar.of(name, value)));
        return chart(new BarChart(title, breakdown.unit(), bars).element("c" + body.length()));
    }

    /** A table whose first column is text and whose others are figures, unless they are told otherwise. */
    public Page table(List<String> header, List<List<String>> lines) {
        body.append("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>");
        header.forEach(cell ->
                body.append("<th scope=\"col\">").append(Markup.escaped(cell)).append("</th>"));
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> line : lines) {
            body.append("<tr>");
            for (int i = 0; i < line.size(); i++) {
                body.append(i == 0 ? "<th scope=\"row\">" : "<td>").append(Markup.escaped(line.get(i)));
                body.append(i == 0 ? "</th>" : "</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    /** The whole file. */
    public String html() {
        List<String> parts = new ArrayList<>();
        parts.add("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        parts.add(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src '"
                        + Script.HASH + "'\">");
        parts.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        parts.add("<meta name=\"color-scheme\" content=\"light dark\">");
        parts.add("<title>" + Markup.escaped(title) + "</title>\n<style>\n" + STYLE
                + "</style>\n</head>\n<body>\n<main>");
        parts.add(body + "</main>\n<div id=\"tip\" role=\"status\" hidden></div>\n<script>" + Script.TEXT
                + "</script>\n</body>\n</html>\n");
        return String.join("\n", parts);
    }

    private static final String STYLE = """
            :root { --back: #fff; --ink: #1b1f24; --quiet: #57606a; --grid: #d8dee4; --box: #f6f8fa; --band: #e6eaee;
              --good: #14692c; --goodback: #dff5e5; --bad: #a40e26; --badback: #ffe5e7; --warning: #7a4b00; --warningback: #fff1d6;
              --c0: #0b5cad; --c1: #a84300; --c2: #1a7f37; --c3: #6e40c9 }
            @media (prefers-color-scheme: dark) { :root { --back: #0d1117; --ink: #e6edf3; --quiet: #9198a1; --grid: #30363d;
              --box: #161b22; --band: #262c36; --good: #56d364; --goodback: #12361d; --bad: #ff8f88; --badback: #4a1416;
              --warning: #f0b354; --warningback: #3d2b05; --c0: #58a6ff; --c1: #ffa657; --c2: #56d364; --c3: #bc8cff } }
            @media print { :root { --back: #fff; --ink: #000; --quiet: #333; --grid: #ccc; --box: #fff; --band: #e6eaee;
              --good: #14692c; --goodback: #fff; --bad: #a40e26; --badback: #fff; --warning: #7a4b00; --warningback: #fff;
              --c0: #0b5cad; --c1: #a84300; --c2: #1a7f37; --c3: #6e40c9 } figure, table, .tiles { break-inside: avoid } }
            * { box-sizing: border-box }
            body { margin: 0; overflow-wrap: anywhere; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
            main { max-width: 1060px; margin: 0 auto; padding: 28px 20px 48px }
            h1 { font-size: 26px; line-height: 1.3; margin: 0; overflow-wrap: anywhere }
            h2 { font-size: 18px; margin: 40px 0 4px }
            .badge { display: inline-block; font-size: 14px; padding: 2px 12px; border-radius: 12px; vertical-align: middle }
            .good { color: var(--good); background: var(--goodback) } .bad { color: var(--bad); background: var(--badback) }
            .warning { color: var(--warning); background: var(--warningback) }
            .facts, .quiet { color: var(--quiet); margin: 4px 0 12px }
            .answer { font-size: 20px; max-width: 46em; margin: 16px 0 24px }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(165px, 1fr)); gap: 12px; margin: 0; padding: 0 }
            .tiles li { list-style: none; border: 1px solid var(--grid); background: var(--box); border-radius: 8px; padding: 10px 14px }
            .tiles span { display: block } .tiles .name, .tiles .below { color: var(--quiet); font-size: 14px }
            .tiles .figure { font-size: 24px; font-weight: 650 }
            figure { margin: 8px 0; overflow-x: auto } figure svg { display: block; width: 100%; min-width: 640px; height: auto }
            .scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 15px; font-variant-numeric: tabular-nums }
            th, td { padding: 6px 8px; border-bottom: 1px solid var(--grid); text-align: right; white-space: nowrap }
            th:first-child { text-align: left; font-weight: 400; white-space: normal; min-width: 12em }
            thead th { color: var(--quiet); font-size: 14px; font-weight: 600 } thead th:first-child { font-weight: 600 }
            pre { background: var(--box); border: 1px solid var(--grid); border-radius: 8px; padding: 12px; overflow-x: auto; font-size: 14px }
            .plain { margin: 8px 0; padding-left: 20px }
            svg text { font: 13px system-ui, sans-serif; fill: var(--quiet) } svg .name { fill: var(--ink) }
            svg .grid { stroke: var(--grid) } svg .line { fill: none; stroke-width: 1.8; stroke-linejoin: round }
            svg .title { font-size: 15px; font-weight: 600; fill: var(--ink) } svg .band { fill: var(--band) }
            svg .limit { stroke: var(--quiet); stroke-dasharray: 3 3 }
            svg .strip { fill: var(--c3) } svg .cursor { stroke: var(--quiet) } svg .spot { fill: var(--ink) }
            #tip { position: absolute; z-index: 1; max-width: 22em; padding: 6px 10px; border: 1px solid var(--grid); border-radius: 6px;
              background: var(--back); box-shadow: 0 2px 8px #0003; font-size: 14px; pointer-events: none; white-space: pre-line }
            @media print { #tip { display: none } }
            :focus-visible { outline: 2px solid var(--c0); outline-offset: 2px }
            """;
}
