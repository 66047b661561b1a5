package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.render.SummaryLine;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.text.Paint;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Results that strain a screen of 24 lines by 80 columns. */
final class RunSummaryTest {

    private static final List<SummaryLine> CLOSING = List.of(
            new SummaryLine("report", "out/steady-churn-42/report.html"),
            new SummaryLine("result", "out/steady-churn-42/result.json"),
            new SummaryLine("repeat", "./kubechurn run out/steady-churn-42/scenario.yaml"));

    private static RunResultBuilder result(long scale) {
        RunResultBuilder builder = RunResult.builder(RunResult.RUN, "steady-churn");
        for (String verb : List.of("list", "watch", "get")) {
            builder.value(MetricDescriptor.of("apiserver.requests", Unit.COUNT).label("verb", verb), 1_234 * scale);
        }
        for (String name : List.of(
                "apiserver.watches.peak",
                "apiserver.watches.end",
                "apiserver.requests.peak",
                "apiserver.events",
                "apiserver.bytes")) {
            builder.value(MetricDescriptor.of(name, Unit.COUNT), 5_678 * scale);
        }
        for (String name : List.of("visible.latency", "propagation.latency")) {
            Histogram values = new Histogram(3);
            values.recordValue(1_500_000 * Math.min(scale, 1_000_000));
            builder.metric(
                    new HistogramMetric(MetricDescriptor.of(name, Unit.NANOSECONDS), HistogramSnapshot.of(values)));
        }
        return builder;
    }

    private static String text(RunResult result) {
        String text = RunSummary.text(result, Paint.PLAIN, List.of(), CLOSING);
        assertThat(text.lines())
                .hasSizeLessThanOrEqualTo(22)
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
        assertThat(text).contains("report.html", "result.json", "repeat");
        return text;
    }

    @Test
    void aCalmRunSaysTheSentenceFiveFiguresAndTheChecks() {
        String text = text(result(1).check(CheckResult.held("no-leak")).build());
        assertThat(text)
                .startsWith("ConfigMaps and Secrets hold 5,678 open watches")
                .containsPattern("update → volume +p50 1.50 ms · p99 1.50 ms · max 1.50 ms")
                .containsPattern("update → kubelet +p50")
                .containsPattern("open watches +5,678 at peak · 5,678 at the end\n")
                .containsPattern("requests +1,234 list · 1,234 watch · 1,234 get · peak 5,678/s")
                .containsPattern("watch events +5,678 · 5.54 KiB sent")
                .containsPattern("checks +1 held, 0 violations")
                .doesNotContain("failed", "violated", "--details");
    }

    @Test
    void failedMountsAndStartsAndBrokenLimitsAreNeverHidden() {
        RunResultBuilder builder = result(1)
                .value(MetricDescriptor.of("mount.failed", Unit.COUNT), 2_163)
                .value(MetricDescriptor.of("resolve.failed", Unit.COUNT), 1)
                .value(MetricDescriptor.of("apiserver.rejected", Unit.COUNT), 77)
                .value(MetricDescriptor.of("nodestatus.missed", Unit.COUNT), 3);
        for (int i = 0; i < 30; i++) {
            builder.note("note " + i);
        }
        assertThat(text(builder.build()))
                .containsPattern("failed +2,163 mounts · 1 container start, all retried")
                .containsPattern("limits hit +77 requests rejected with 429 · 3 node statuses missed")
                .containsPattern("\n +[0-9]+ more lines with --details\n");
    }

    @Test
    void violationsFitHoweverManyThereAre() {
        RunResultBuilder builder = result(1_000_000_000).partial("interrupted");
        for (int i = 0; i < 6; i++) {
            builder.check(CheckResult.violated(
                    "a-check-with-a-long-name-" + i,
                    1_234_567,
                    Collections.nCopies(9, "node-1: a message that goes on and on, ".repeat(9))));
        }
        String text =
                text(builder.metric(new RangeMetric(MetricDescriptor.of("memory.watches", Unit.BYTES), 5e12, 1e13))
                        .build());
        assertThat(text)
                .containsPattern("partial +interrupted")
                .containsPattern("checks +0 held, 7,407,402 violations")
                .contains(
                        "a-check-with-a-long-name-0 (1,234,567)",
                        "a-check-with-a-long-name-2 (1,234,567)",
                        "3 more checks")
                .contains("more lines with --details");
    }

    @Test
    void coloursSayHowItWent() {
        RunResult held = result(1).check(CheckResult.held("no-leak")).build();
        RunResult violated = result(1)
                .check(CheckResult.violated("no-leak", 1, List.of("one")))
                .build();
        assertThat(RunSummary.text(held, Paint.COLOUR, List.of(), CLOSING))
                .contains("\u001b[32m1 held, 0 violations\u001b[0m", "\u001b[1m5,678 open watches\u001b[0m");
        assertThat(RunSummary.text(violated, Paint.COLOUR, List.of(), CLOSING))
                .contains("\u001b[1;31m0 held, 1 violation\u001b[0m");
        assertThat(RunSummary.text(violated, Paint.PLAIN, List.of(), CLOSING)).doesNotContain("\u001b");
    }
}
