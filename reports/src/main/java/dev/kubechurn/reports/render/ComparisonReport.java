package dev.kubechurn.reports.render;

import dev.kubechurn.reports.gate.Comparison;
import dev.kubechurn.reports.gate.Row;
import dev.kubechurn.reports.gate.Verdict;
import dev.kubechurn.reports.result.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A comparison for people and for machines: for a terminal, a pull request, a CI system, other programs and a browser. All
 * say the same, for all come from the decided comparison; the same comparison gives the same bytes. Immutable.
 */
public final class ComparisonReport {

    public static final int SCHEMA_VERSION = 1;

    private static final int MOST_UNCHANGED = 40;
    private static final int MOST_OVERLAYS = 8;
    private static final int MOST_BARS = 24;

    private final Comparison comparison;
    private final boolean strict;

    /** @param strict whether what was not decided shuts the gate too */
    public ComparisonReport(Comparison comparison, boolean strict) {
        this.comparison = comparison;
        this.strict = strict;
    }

    /** The verdict in a few words. */
    public String verdict() {
        long regressed = comparison.count(Verdict.REGRESSED);
        if (comparison.prediction()) {
            return regressed == 0 ? "as predicted" : regressed + " not as predicted";
        }
        if (regressed > 0) {
            return regressed == 1 ? "1 regression" : regressed + " regressions";
        }
        if (comparison.failed(strict)) {
            return "not decided";
        }
        return "no regression";
    }

    /** The answer, in a sentence or two; what matters stands between pairs of asterisks. */
    public String sentence() {
        if (comparison.prediction()) {
            return predicted();
        }
        List<Row> worst = rows(Verdict.REGRESSED).limit(3).toList();
        List<String> parts = new ArrayList<>();
        if (!worst.isEmpty()) {
            parts.add(worst.stream().map(ComparisonReport::told).collect(Collectors.joining("; ")) + more(worst.size())
                    + ".");
        } else {
            parts.add("Nothing became worse for certain by more than what matters.");
        }
        List<String> counts = new ArrayList<>();
        for (Verdict verdict :
                List.of(Verdict.IMPROVED, Verdict.INCONCLUSIVE, Verdict.NOT_COMPARABLE, Verdict.UNCHANGED)) {
            long count = comparison.count(verdict);
            if (count > 0) {
                counts.add(count + " " + verdict.word());
            }
        }
        if (!counts.isEmpty()) {
            parts.add((worst.isEmpty() ? "Of " + comparison.rows().size() + " metrics: " : "Besides: ")
                    + String.join(", ", counts) + ".");
        }
        return String.join(" ", parts);
    }

    private String predicted() {
        List<Row> wrong = rows(Verdict.REGRESSED).toList();
        int all = comparison.rows().size();
        if (wrong.isEmpty()) {
            return "All **" + all + " counts** are as predicted.";
        }
        return wrong.stream()
                        .limit(3)
                        .map(row -> "**" + row.metric() + "** was predicted to be " + figure(row, row.base())
                                + " and was **" + figure(row, row.candidate()) + "**")
                        .collect(Collectors.joining("; "))
                + (wrong.size() > 3 ? "; and " + (wrong.size() - 3) + " more" : "") + ". "
                + (all - wrong.size()) + " of " + all + " counts are as predicted.";
    }

    private String more(int told) {
        long others = comparison.count(Verdict.REGRESSED) - told;
        return others > 0 ? "; and " + others + " more" : "";
    }

    private static String told(Row row) {
        Row.Measured measured = row.measured();
        if (measured == null) {
            return "**" + row.metric() + "** went from " + figure(row, row.base()) + " to **"
                    + figure(row, row.candidate()) + "**";
        }
        boolean slower = row.better() == Better.LOWER;
        return "**" + row.metric() + "** became **" + percent(Math.abs(measured.change())) + " "
                + (slower ? "slower" : "less") + "** (" + ForestPlot.percent(measured.low(), 1) + " to "
                + ForestPlot.percent(measured.high(), 1) + ")";
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * fraction);
    }

    private static String figure(Row row, double value) {
        return Quantity.format(value, row.unit());
    }

    private Stream<Row> rows(Verdict verdict) {
        return comparison.rows().stream().filter(row -> row.verdict() == verdict);
    }

    private static String change(Row row) {
        if (row.measured() != null) {
            return ForestPlot.percent(row.measured().change(), 1);
        }
        return row.base() == row.candidate() ? "equal" : ForestPlot.percent(row.candidate() / row.base() - 1, 1);
    }

    private static String interval(Row row) {
        return row.measured() == null
                ? ""
                : ForestPlot.percent(row.measured().low(), 1) + " to "
                        + ForestPlot.percent(row.measured().high(), 1);
    }

    /** For a terminal: all that is not unchanged, and how many are. */
    public String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("", "verdict", "base", "candidate", "change", "95 %"));
        for (Row row : comparison.rows()) {
            if (row.verdict() != Verdict.UNCHANGED) {
                lines.add(List.of(
                        row.metric(),
                        row.verdict().word(),
                        figure(row, row.base()),
                        figure(row, row.candidate()),
                        change(row),
                        interval(row)));
            }
        }
        StringBuilder text = new StringBuilder(verdict())
                .append(": ")
                .append(sentence().replace("**", ""))
                .append('\n');
        if (lines.size() > 1) {
            text.append('\n');
            text.append(Columns.table(lines));
        }
        for (Row row : comparison.rows()) {
            if (row.verdict().isUndecided()) {
                text.append("  ")
                        .append(row.metric())
                        .append(": ")
                        .append(row.reason())
                        .append('\n');
            }
        }
        comparison.notes().forEach(note -> text.append("  ").append(note).append('\n'));
        return text.toString();
    }

    /** For a comment on a pull request. */
    public String markdown() {
        StringBuilder text = new StringBuilder("### ")
                .append(comparison.failed(strict) ? "❌ " : "✅ ")
                .append(inline(comparison.base()))
                .append(" → ")
                .append(inline(comparison.candidate()))
                .append(": ")
                .append(verdict())
                .append("\n\n")
                .append(sentence().replace("{", "\\{").replace("|", "\\|").replace("<", "&lt;"))
                .append("\n\n| metric | verdict | base | candidate | change | 95 % |\n|---|---|---:|---:|---:|---:|\n");
        for (Row row : comparison.rows()) {
            if (row.verdict() != Verdict.UNCHANGED) {
                text.append(String.join(
                                " | ",
                                "| `" + row.metric().replace("|", "\\|").replace('`', '\'') + "`",
                                row.verdict().word(),
                                figure(row, row.base()),
                                figure(row, row.candidate()),
                                change(row),
                                interval(row)))
                        .append(" |\n");
            }
        }
        comparison.notes().forEach(note -> text.append("\n- ").append(inline(note)));
        return text.append(comparison.notes().isEmpty() ? "" : "\n").toString();
    }

    private static String inline(String text) {
        return text.replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*").replace("_", "\\_");
    }

    /** As tests, one for each metric, for CI systems. */
    public String junit() {
        long failures = comparison.rows().stream().filter(this::shutsTheGate).count();
        long skipped = comparison.rows().stream()
                .filter(row -> row.verdict().isUndecided() && !strict)
                .count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"")
                .append(Markup.escaped(comparison.base() + " → " + comparison.candidate()))
                .append("\" tests=\"" + comparison.rows().size() + "\" failures=\"" + failures
                        + "\" errors=\"0\" skipped=\"" + skipped + "\">\n");
        for (Row row : comparison.rows()) {
            xml.append("  <testcase classname=\"kubechurn.compare\" name=\"")
                    .append(Markup.escaped(row.metric()))
                    .append('"');
            String message = Markup.escaped(row.verdict().word() + ": " + figure(row, row.base()) + " to "
                    + figure(row, row.candidate()) + ", " + row.reason());
            if (shutsTheGate(row)) {
                xml.append("><failure message=\"").append(message).append("\"/></testcase>\n");
            } else if (row.verdict().isUndecided()) {
                xml.append("><skipped message=\"").append(message).append("\"/></testcase>\n");
            } else {
                xml.append("/>\n");
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    private boolean shutsTheGate(Row row) {
        return row.verdict() == Verdict.REGRESSED || (strict && row.verdict().isUndecided());
    }

    /** For other programs; docs/comparison.schema.json describes it. */
    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", SCHEMA_VERSION)
                .put("base", comparison.base())
                .put("candidate", comparison.candidate())
                .put("failed", comparison.failed(strict))
                .put("strict", strict)
                .put("verdict", verdict())
                .put("summary", sentence().replace("**", ""))
                .put("paired", comparison.paired())
                .put("alpha", comparison.policy().alpha());
        ObjectNode counts = root.putObject("counts");
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict.word(), comparison.count(verdict));
        }
        comparison.environment().forEach(root.putObject("environment")::put);
        ArrayNode metrics = root.putArray("metrics");
        comparison.rows().forEach(row -> json(row, metrics.addObject()));
        comparison.notes().forEach(root.putArray("notes")::add);
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void json(Row row, ObjectNode json) {
        json.put("metric", row.metric())
                .put("unit", row.unit().symbol())
                .put("better", row.better().name().toLowerCase(Locale.ROOT))
                .put("compared", row.kind().name().toLowerCase(Locale.ROOT))
                .put("verdict", row.verdict().word())
                .put("base", row.base())
                .put("candidate", row.candidate())
                .put("reason", row.reason());
        Row.Measured measured = row.measured();
        if (measured != null) {
            json.put("change", measured.change())
                    .put("low", measured.low())
                    .put("high", measured.high())
                    .put("p", measured.pValue())
                    .put("adjustedP", measured.adjusted())
                    .put("threshold", measured.threshold())
                    .put("noise", measured.noise())
                    .put("detectable", measured.detectable());
            measured.baseSamples().forEach(json.putArray("baseSamples")::add);
            measured.candidateSamples().forEach(json.putArray("candidateSamples")::add);
        }
    }

    /** For a browser. */
    public String html() {
        Page page = new Page(comparison.base() + " → " + comparison.candidate(), verdict(), tone(), facts());
        page.sentence(sentence());
        List<Row> measured =
                comparison.rows().stream().filter(row -> row.measured() != null).toList();
        if (!measured.isEmpty()) {
            page.section(
                    "Measured",
                    "change of the median and its 95 % interval; each fork, a JVM of its own, is one sample");
            page.chart(new ForestPlot(measured).svg());
            page.table(
                    List.of("metric", "verdict", "base", "candidate", "change", "95 % interval", "p, corrected"),
                    measured.stream()
                            .map(row -> List.of(
                                    row.metric(),
                                    row.verdict().word(),
                                    figure(row, row.base()),
                                    figure(row, row.candidate()),
                                    change(row),
                                    interval(row),
                                    p(row)))
                            .toList());
            detectable(page, measured);
        }
        others(page, Row.Kind.ALLOCATION, "Allocation", "equal within 1 % or 8 bytes; below 0.05 bytes is nothing");
        others(page, Row.Kind.EXACT, "Exact metrics", "the same scenario and seed give the same, on any machine");
        overlays(page);
        notComparable(page);
        if (!comparison.notes().isEmpty()) {
            page.section("Notes", "").list(comparison.notes());
        }
        List<Row> red = rows(Verdict.REGRESSED).toList();
        if (!red.isEmpty()) {
            page.section("Look closer", "measures the red rows alone");
            page.command(red.stream()
                    .map(ComparisonReport::repeat)
                    .distinct()
                    .limit(20)
                    .collect(Collectors.joining("\n")));
        }
        return page.html();
    }

    /** The command that measures a row again. */
    static String repeat(Row row) {
        String name = row.metric().replaceFirst("\\{.*", "").replaceFirst("\\.alloc$", "");
        return row.kind() == Row.Kind.EXACT
                ? "kubechurn run SCENARIO --seed SEED   # " + row.metric() + " is exact: the same on any machine"
                : "kubechurn bench '" + name.replace(".", "\\.") + "$'";
    }

    private Page.Tone tone() {
        if (comparison.count(Verdict.REGRESSED) > 0) {
            return Page.Tone.BAD;
        }
        return comparison.isUndecided() ? Page.Tone.WARNING : Page.Tone.GOOD;
    }

    private String facts() {
        List<String> facts = new ArrayList<>();
        comparison.rows().stream()
                .map(Row::measured)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(measured -> facts.add(
                        comparison.paired()
                                ? measured.baseSamples().size() + " pairs of forks"
                                : measured.baseSamples().size() + " and "
                                        + measured.candidateSamples().size() + " forks"));
        for (String name : List.of("jdk", "cpu", "cpus", "blackholes")) {
            String fact = comparison.environment().get(name);
            if (fact != null) {
                facts.add(
                        switch (name) {
                            case "jdk" -> "JDK " + fact;
                            case "cpus" -> fact + " cores";
                            case "blackholes" -> fact + " blackholes";
                            default -> fact;
                        });
            }
        }
        facts.add(String.format(
                Locale.ROOT, "α %.2g over all metrics", comparison.policy().alpha()));
        return String.join(" · ", facts);
    }

    private static String p(Row row) {
        if (row.measured() == null) {
            return "";
        }
        double adjusted = row.measured().adjusted();
        return adjusted < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", adjusted);
    }

    private static void detectable(Page page, List<Row> measured) {
        page.section(
                "Can this comparison find what matters?",
                "the smallest change that each would have shown with 95 % certainty");
        List<List<String>> lines = new ArrayList<>();
        for (Row row : measured) {
            Row.Measured samples = row.measured();
            if (samples != null) {
                lines.add(List.of(
                        row.metric(),
                        samples.baseSamples().size() + " + "
                                + samples.candidateSamples().size(),
                        samples.noise() > 0 ? "±" + percent(samples.noise()) : "not measured",
                        percent(samples.threshold()),
                        percent(samples.detectable())));
            }
        }
        page.table(List.of("metric", "forks", "noise A/A", "what matters", "smallest detectable"), lines);
    }

    private void others(Page page, Row.Kind kind, String heading, String explanation) {
        List<Row> rows = comparison.rows().stream()
                .filter(row -> row.kind() == kind && row.verdict() != Verdict.NOT_COMPARABLE)
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        page.section(heading, explanation);
        if (kind == Row.Kind.ALLOCATION) {
            allocationBars(page, rows);
        }
        List<Row> shown = rows.stream()
                .filter(row -> row.verdict() != Verdict.UNCHANGED)
                .collect(Collectors.toCollection(ArrayList::new));
        List<Row> equal =
                rows.stream().filter(row -> row.verdict() == Verdict.UNCHANGED).toList();
        shown.addAll(equal.subList(0, Math.min(MOST_UNCHANGED, equal.size())));
        page.table(
                List.of("metric", "base", "candidate", "change", "verdict"),
                shown.stream()
                        .map(row -> List.of(
                                row.metric(),
                                figure(row, row.base()),
                                figure(row, row.candidate()),
                                change(row),
                                row.verdict().word()))
                        .toList());
        if (shown.size() < rows.size()) {
            page.paragraph("And " + (rows.size() - shown.size()) + " more that are unchanged.");
        }
    }

    /** The worst verdicts first; of one that did not change one bar says it all. */
    private static void allocationBars(Page page, List<Row> rows) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Row row : rows) {
            if (bars.size() < MOST_BARS && (row.base() > 0 || row.candidate() > 0)) {
                String name = row.metric().replaceFirst("Benchmark\\.", ".").replaceFirst("\\.alloc", "");
                if (row.verdict() == Verdict.UNCHANGED) {
                    bars.add(BarChart.Bar.of(name, row.candidate()));
                } else {
                    bars.add(BarChart.Bar.of("base: " + name, row.base()));
                    bars.add(BarChart.Bar.of("candidate: " + name, row.candidate()));
                }
            }
        }
        if (!bars.isEmpty()) {
            page.chart(new BarChart("Allocation per operation", rows.get(0).unit(), bars).element("allocation"));
        }
    }

    /** Both distributions over each other; of one that is the same on both sides there is nothing to see. */
    private void overlays(Page page) {
        List<Comparison.Overlay> shown = comparison
                .overlays()
                .subList(0, Math.min(MOST_OVERLAYS, comparison.overlays().size()));
        if (shown.isEmpty()) {
            return;
        }
        page.section(
                "Distributions",
                "values against the share of those that are not larger, where base and candidate differ"
                        + (shown.size() < comparison.overlays().size()
                                ? "; the first " + shown.size() + " of "
                                        + comparison.overlays().size()
                                : ""));
        for (Comparison.Overlay overlay : shown) {
            page.paragraph(overlay.metric());
            page.chart(new PercentileChart(
                    overlay.metric() + " by percentile, base and candidate",
                    overlay.unit(),
                    List.of(
                            new PercentileChart.Line("base", overlay.base()),
                            new PercentileChart.Line("candidate", overlay.candidate()))));
        }
    }

    private void notComparable(Page page) {
        List<Row> rows = rows(Verdict.NOT_COMPARABLE).toList();
        if (!rows.isEmpty()) {
            page.section("Not comparable", "the two were not measured alike");
            page.table(
                    List.of("metric", "why"),
                    rows.stream()
                            .map(row -> List.of(row.metric(), row.reason()))
                            .toList());
        }
    }
}
