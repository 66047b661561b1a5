package dev.kubechurn.reports.render;

import dev.kubechurn.reports.gate.Comparison;
import dev.kubechurn.reports.gate.Row;
import dev.kubechurn.reports.gate.Verdict;
import dev.kubechurn.reports.result.Better;
import dev.kubechurn.reports.text.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
        if (comparison.failed(strict) || comparison.decidesNothing()) {
            return "not decided";
        }
        return "no significant regressions";
    }

    /** The answer, in a sentence or two; what matters stands between pairs of asterisks. */
    public String sentence() {
        if (comparison.prediction()) {
            return predicted();
        }
        List<Row> worst = comparison.rows(Verdict.REGRESSED).stream().limit(3).toList();
        List<String> parts = new ArrayList<>();
        if (!worst.isEmpty()) {
            parts.add(worst.stream().map(ComparisonReport::told).collect(Collectors.joining("; ")) + more(worst.size())
                    + ".");
        } else {
            parts.add(comparison.decidesNothing() ? "No metric could be compared." : "No significant regressions.");
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
        List<Row> wrong = comparison.rows(Verdict.REGRESSED);
        int all = comparison.rows().size();
        if (wrong.isEmpty()) {
            return "All **" + all + " counts** are as predicted.";
        }
        return wrong.stream()
                        .limit(3)
                        .map(row -> "**" + row.metric() + "** was predicted to be " + RowText.base(row) + " and was **"
                                + RowText.candidate(row) + "**")
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
            return "**" + row.metric() + "** went from " + RowText.base(row) + " to **" + RowText.candidate(row) + "**";
        }
        boolean slower = row.better() == Better.LOWER;
        return "**" + row.metric() + "** became **" + RowText.percent(Math.abs(measured.change())) + " "
                + (slower ? "slower" : "less") + "** (" + RowText.interval(row) + ")";
    }

    /**
     * For a terminal: the answer, and the metrics that are not unchanged, the worst first.
     *
     * @param details whether to list all of them, however many
     */
    public String text(Paint paint, boolean details) {
        return new ComparisonText(comparison, comparison.failed(strict), verdict(), sentence()).text(paint, details);
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
                                RowText.base(row),
                                RowText.candidate(row),
                                RowText.change(row),
                                RowText.interval(row)))
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
            String message = Markup.escaped(row.verdict().word() + ": " + RowText.base(row) + " to "
                    + RowText.candidate(row) + ", " + row.reason());
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
        return html(List.of(), List.of());
    }

    /**
     * For a browser, with links to the pages of what is compared.
     *
     * @param base those of the base's runs, as far as there are any
     */
    public String html(List<Table.Link> base, List<Table.Link> candidate) {
        return new ComparisonPage(comparison, verdict(), sentence(), base, candidate).html();
    }
}
