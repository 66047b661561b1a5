package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultSummaryTest {

    @Test
    void saysHowManyHeldAndWhatCouldNotBeChecked() {
        RunResult result = RunResult.builder(RunResult.RUN, "x")
                .check(CheckResult.held("a"))
                .check(CheckResult.held("b"))
                .check(CheckResult.notChecked("determinism", "needs virtual time"))
                .build();

        assertThat(ResultSummary.checks(result))
                .containsExactly(new SummaryLine("checks", "2 held, 0 violations (determinism needs virtual time)"));
    }

    @Test
    void tellsOfViolationsLoudlyButBriefly() {
        RunResult result = RunResult.builder(RunResult.RUN, "x")
                .check(CheckResult.held("a"))
                .check(CheckResult.violated("no-leak", 1_200, List.of("m1", "m2", "m3", "m4", "m5")))
                .check(CheckResult.violated("monotonic", 1, List.of()))
                .build();

        assertThat(ResultSummary.checks(result))
                .containsExactly(
                        SummaryLine.alarm("checks", "1 held, 1,201 violations"),
                        SummaryLine.alarm("", "no-leak: 1,200 violations"),
                        new SummaryLine("", "  m1"),
                        new SummaryLine("", "  m2"),
                        new SummaryLine("", "  m3"),
                        new SummaryLine("", "  2 more in result.json"),
                        SummaryLine.alarm("", "monotonic: 1 violation"));
    }

    @Test
    void doesNotPassOffNoChecksAsGood() {
        RunResult none = RunResult.builder(RunResult.RUN, "x").build();

        assertThat(ResultSummary.checks(none)).containsExactly(new SummaryLine("checks", "none ran"));
        assertThat(ResultSummary.notes(none)).isEmpty();
    }

    @Test
    void theDigestIsShownWholeWhereThereIsOne() {
        RunResult digested = RunResult.builder(RunResult.RUN, "x").digested().build();
        RunResult plain = RunResult.builder(RunResult.RUN, "x").build();

        assertThat(ResultSummary.digest(digested))
                .containsExactly(new SummaryLine("digest", "sha256 " + digested.digest()));
        assertThat(ResultSummary.digest(plain)).isEmpty();
    }

    @Test
    void onlyTheFirstNoteHasAKey() {
        RunResult result =
                RunResult.builder(RunResult.RUN, "x").note("one").note("two").build();

        assertThat(ResultSummary.notes(result))
                .containsExactly(new SummaryLine("note", "one"), new SummaryLine("", "two"));
    }
}
