package dev.kubechurn.reports.render;

import dev.kubechurn.reports.gate.Comparison;
import dev.kubechurn.reports.gate.Row;
import dev.kubechurn.reports.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The page of a comparison. Immutable.
 *
 * @param verdict in a few words
 * @param sentence the answer
 */
record ComparisonPage(Comparison comparison, String verdict, String sentence) {

    private static final int MOST_UNCHANGED = 40;
    private static final int MOST_OVERLAYS = 8;
    private static final int MOST_BARS = 24;

    /** The whole page. */
    String html() {
        Page page = new Page(comparison.base() + " → " + comparison.candidate(), verdict, tone(), facts());
        page.sentence(sentence);
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
                                    RowText.base(row),
                                    RowText.candidate(row),
                                    RowText.change(row),
                                    RowText.interval(row),
                                    RowText.p(row)))
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
        List<Row> red = comparison.rows(Verdict.REGRESSED);
        if (!red.isEmpty()) {
            page.section("Look closer", "measures the red rows alone");
            page.command(red.stream().map(RowText::repeat).distinct().limit(20).collect(Collectors.joining("\n")));
        }
        return page.html();
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
                        samples.noise() > 0 ? "±" + RowText.percent(samples.noise()) : "not measured",
                        RowText.percent(samples.threshold()),
                        RowText.percent(samples.detectable())));
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
                                RowText.base(row),
                                RowText.candidate(row),
                                RowText.change(row),
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
        List<Row> rows = comparison.rows(Verdict.NOT_COMPARABLE);
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
