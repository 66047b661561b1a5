package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.CheckResult.Outcome;
import dev.kubechurn.reports.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The lines that any result has to say about itself, whatever it measured. */
public final class ResultSummary {

    private static final int MESSAGES_PER_CHECK = 3;

    private ResultSummary() {}

    /** How the checks went; a violated one with its first few messages. */
    public static List<SummaryLine> checks(RunResult result) {
        List<CheckResult> checks = result.checks();
        if (checks.isEmpty()) {
            return List.of(new SummaryLine("checks", "none ran"));
        }
        long held = checks.stream().filter(CheckResult::held).count();
        long violations = result.violations();
        String text = Counts.exact(held) + " held, " + violations(violations) + notChecked(checks);
        List<SummaryLine> lines = new ArrayList<>();
        lines.add(new SummaryLine("checks", text, violations > 0));
        checks.stream()
                .filter(check -> check.outcome() == Outcome.VIOLATED)
                .forEach(check -> lines.addAll(violated(check)));
        return lines;
    }

    /** The digest, whole, for comparing by eye or by script; no line where there is none. */
    public static List<SummaryLine> digest(RunResult result) {
        return result.digest() == null ? List.of() : List.of(new SummaryLine("digest", "sha256 " + result.digest()));
    }

    /** What must be known to read the figures rightly. */
    public static List<SummaryLine> notes(RunResult result) {
        List<SummaryLine> lines = new ArrayList<>();
        result.notes().forEach(note -> lines.add(new SummaryLine(lines.isEmpty() ? "note" : "", note)));
        return lines;
    }

    private static List<SummaryLine> violated(CheckResult check) {
        List<SummaryLine> lines = new ArrayList<>();
        lines.add(SummaryLine.alarm("", check.name() + ": " + violations(check.violations())));
        check.messages().stream()
                .limit(MESSAGES_PER_CHECK)
                .forEach(message -> lines.add(new SummaryLine("", "  " + message)));
        int more = check.messages().size() - MESSAGES_PER_CHECK;
        if (more > 0) {
            lines.add(new SummaryLine("", "  " + more + " more in result.json"));
        }
        return lines;
    }

    private static String notChecked(List<CheckResult> checks) {
        String reasons = checks.stream()
                .filter(check -> check.outcome() == Outcome.NOT_CHECKED)
                .map(check -> (check.name() + " " + String.join(", ", check.messages())).strip())
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : " (" + reasons + ")";
    }

    private static String violations(long count) {
        return count == 1 ? "1 violation" : Counts.exact(count) + " violations";
    }
}
