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
 * @param base the pages of the base's runs, as far as there are any
 */
record ComparisonPage(
        Comparison comparison, String verdict, String sentence, List<Table.Link> base, List<Table.Link> candidate) {

    private static final int MOST_UNCHANGED = 40;
    private static final int MOST_OVERLAYS = 8;
    private static final int MOST_BARS = 24;

    /** The whole page. */
    String html() {
        Page page = new Page(comparison.base() + " → " + comparison.candidate(), verdict, tone(), facts());
        page.sentence(sentence);
        page.links(comparison.prediction() ? "Predicted:" : "Base:", base);
        page.links(comparison.prediction() ? "Measured:" : "Candidate:", candidate);
        List<Row> measured =
                comparison.rows().stream().filter(row -> row.measured() != null).toList();
        if (!measured.isEmpty()) {
            page.section(
                    "Measured metrics",
                    "change of the median with its 95 % interval; each fork, a JVM of its own, is one sample");
            page.chart(new ForestPlot(measured).svg());
            page.table(measured(measured));
            detectable(page, measured);
        }
        others(
                page,
                Row.Kind.ALLOCATION,
                "Allocation",
                "equal within 1 % or 8 bytes; less than 0.05 bytes counts as 0");
        others(
                page,
                Row.Kind.EXACT,
                comparison.prediction() ? "Counts" : "Exact metrics",
                comparison.prediction()
                        ? "predicted by the base in virtual time, and as the candidate measured them"
                        : "the same scenario and seed give the same values on any machine");
        overlays(page);
        notComparable(page);
        if (!comparison.notes().isEmpty()) {
            page.section("Notes", "").list(comparison.notes());
        }
        List<Row> red = comparison.rows(Verdict.REGRESSED);
        if (!red.isEmpty()) {
            page.section("Measure again", "these commands measure only what regressed");
            page.command(red.stream().map(RowText::repeat).distinct().limit(20).collect(Collectors.joining("\n")));
        }
        return page.html();
    }

    private static Table measured(List<Row> rows) {
        Table table =
                new Table(List.of("metric", "verdict", "base", "candidate", "change", "95 % interval", "p, corrected"));
        for (Row row : rows) {
            Row.Measured measured = row.measured();
            if (measured != null) {
                table.row(List.of(
                        Table.Cell.of(row.metric()),
                        Table.Cell.of(row.verdict().word()),
                        Table.Cell.of(RowText.base(row), row.base()),
                        Table.Cell.of(RowText.candidate(row), row.candidate()),
                        change(row),
                        Table.Cell.of(RowText.interval(row), measured.low()),
                        Table.Cell.of(RowText.p(row), measured.adjusted())));
            }
        }
        return table;
    }

    private String word(Row row) {
        if (!comparison.prediction()) {
            return row.verdict().word();
        }
        return switch (row.verdict()) {
            case REGRESSED, IMPROVED -> "not as predicted";
            case UNCHANGED -> "as predicted";
            default -> row.verdict().word();
        };
    }

    /** What grew from nothing is the largest of all. */
    private static Table.Cell change(Row row) {
        double change = row.measured() != null
                ? row.measured().change()
                : row.base() == row.candidate() ? 0 : row.candidate() / row.base() - 1;
        return Double.isNaN(change) ? Table.Cell.of(RowText.change(row)) : Table.Cell.of(RowText.change(row), change);
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
        if (comparison.prediction()) {
            facts.add(comparison.rows().size() + " counts");
        } else {
            facts.add(String.format(
                    Locale.ROOT,
                    "significance level %.2g over all metrics",
                    comparison.policy().alpha()));
        }
        return String.join(" · ", facts);
    }

    private static void detectable(Page page, List<Row> measured) {
        page.section(
                "What could this comparison detect?",
                "the smallest change of each metric that these samples would have shown, at 95 % confidence");
        Table table = new Table(List.of("metric", "forks", "noise", "threshold", "smallest detectable change"));
        for (Row row : measured) {
            Row.Measured samples = row.measured();
            if (samples != null) {
                int base = samples.baseSamples().size();
                int candidate = samples.candidateSamples().size();
                table.row(List.of(
                        Table.Cell.of(row.metric()),
                        Table.Cell.of(base + " + " + candidate, (double) base + candidate),
                        samples.noise() > 0
                                ? Table.Cell.of("±" + RowText.percent(samples.noise()), samples.noise())
                                : Table.Cell.of("not measured"),
                        Table.Cell.of(RowText.percent(samples.threshold()), samples.threshold()),
                        Table.Cell.of(RowText.percent(samples.detectable()), samples.detectable())));
            }
        }
        page.table(table);
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
        Table table = new Table(List.of(
                "metric",
                comparison.prediction() ? "predicted" : "base",
                comparison.prediction() ? "measured" : "candidate",
                "change",
                "verdict"));
        shown.forEach(row -> table.row(List.of(
                Table.Cell.of(row.metric()),
                Table.Cell.of(RowText.base(row), row.base()),
                Table.Cell.of(RowText.candidate(row), row.candidate()),
                change(row),
                Table.Cell.of(word(row)))));
        page.table(table);
        if (shown.size() < rows.size()) {
            page.paragraph((rows.size() - shown.size()) + " more metrics are unchanged.");
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
            page.chart(new BarChart("Allocation per operation", rows.get(0).unit(), bars));
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
                "values by percentile, where base and candidate differ"
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
            page.section("Not comparable", "base and candidate were measured under different conditions");
            Table table = new Table(List.of("metric", "base", "candidate", "reason"));
            rows.forEach(row -> table.row(List.of(
                    Table.Cell.of(row.metric()),
                    Table.Cell.of(RowText.base(row), row.base()),
                    Table.Cell.of(RowText.candidate(row), row.candidate()),
                    Table.Cell.of(row.reason()))));
            page.table(table);
        }
    }
}
