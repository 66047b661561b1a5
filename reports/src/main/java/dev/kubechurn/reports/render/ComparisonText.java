package dev.kubechurn.reports.render;

import dev.kubechurn.reports.gate.Comparison;
import dev.kubechurn.reports.gate.Row;
import dev.kubechurn.reports.gate.Verdict;
import dev.kubechurn.reports.text.FittedTable;
import dev.kubechurn.reports.text.FittedTable.Column;
import dev.kubechurn.reports.text.Paint;
import dev.kubechurn.reports.text.Paragraph;
import dev.kubechurn.reports.text.Screen;
import dev.kubechurn.reports.text.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison for a terminal.
 *
 * @param failed whether the gate is shut
 * @param verdict in a few words
 * @param sentence the answer
 */
record ComparisonText(Comparison comparison, boolean failed, String verdict, String sentence) {

    /** Metrics on one screen, where the names of all of them take lines of their own. */
    private static final int ROWS = 5;

    private static final List<Column> COLUMNS = List.of(
            Column.name("metric"),
            Column.figure("verdict", 0),
            Column.figure("base", 0),
            Column.figure("candidate", 0),
            Column.figure("change", 0),
            Column.figure("95 %", 0));

    /** In the order in which a reader needs them; unchanged ones are counted only. */
    private static final List<Verdict> SHOWN =
            List.of(Verdict.REGRESSED, Verdict.NOT_COMPARABLE, Verdict.INCONCLUSIVE, Verdict.IMPROVED);

    String text(Paint paint, boolean details) {
        Screen screen = new Screen(paint, "reason".length(), details ? Integer.MAX_VALUE : Screen.LINES);
        screen.lines(head(paint));
        List<Row> changed =
                SHOWN.stream().flatMap(each -> comparison.rows(each).stream()).toList();
        List<Row> rows = details ? changed : changed.subList(0, Math.min(ROWS, changed.size()));
        if (!rows.isEmpty()) {
            screen.gap()
                    .lines(new FittedTable(
                                    COLUMNS,
                                    rows.stream().map(ComparisonText::cells).toList())
                            .lines(paint));
        }
        if (rows.size() < changed.size()) {
            screen.lines(List.of("  … and " + (changed.size() - rows.size()) + " more: --details"));
        }
        reasons(screen, changed, details);
        comparison.notes().forEach(note -> screen.optional("note", note));
        return screen.text();
    }

    private List<String> head(Paint paint) {
        String word = failed ? "FAIL" : comparison.decidesNothing() ? "NOT DECIDED" : "PASS";
        Tone tone = failed ? Tone.BAD : comparison.isUndecided() ? Tone.WARNING : Tone.GOOD;
        String head = word + (failed ? ", " + verdict : "") + ": ";
        List<String> lines = new ArrayList<>(Paragraph.lines(head + sentence, Paragraph.WIDTH, paint));
        lines.set(0, paint.tone(tone, word) + lines.get(0).substring(word.length()));
        return lines;
    }

    /** One line for all metrics with the same reason, or one for each. */
    private static void reasons(Screen screen, List<Row> rows, boolean each) {
        Map<String, List<Row>> byReason = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.verdict().isUndecided())
                .forEach(row -> byReason.computeIfAbsent(
                                (each ? row.metric() : "") + row.reason(), any -> new ArrayList<>())
                        .add(row));
        byReason.values()
                .forEach(same -> screen.optional(
                        "reason",
                        (same.size() == 1 ? same.get(0).metric() : same.size() + " metrics") + ": "
                                + same.get(0).reason()));
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.metric(),
                row.verdict().word(),
                RowText.base(row),
                RowText.candidate(row),
                RowText.change(row),
                RowText.interval(row));
    }
}
