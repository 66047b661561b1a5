package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kubechurn.reports.gate.History;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.text.Paint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A step in a history is told with its time and size, in text and on the page; a spike is not. */
final class HistoryReportTest {

    private static final MetricDescriptor TIME =
            MetricDescriptor.of("B.time", new Unit("ns/op")).lowerIsBetter();
    private static final MetricDescriptor PODS = MetricDescriptor.of("pods", Unit.COUNT);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Thirty results a day apart; from the twentieth on everything takes a quarter longer. */
    private static List<RunResult> results(boolean step) {
        SplittableRandom random = new SplittableRandom(1);
        List<RunResult> results = new ArrayList<>();
        for (int day = 0; day < 30; day++) {
            double level = step && day >= 20 ? 125 : 100;
            double spike = day == 7 ? 300 : level;
            results.add(RunResult.builder(RunResult.BENCHMARK, "jmh")
                    .started(START.plus(Duration.ofDays(day)))
                    .metric(SamplesMetric.of(TIME, spike * (1 + 0.02 * random.nextDouble())))
                    .value(PODS, 600)
                    .build());
        }
        Collections.reverse(results);
        return results;
    }

    @Test
    void aStepIsToldWithItsTimeAndSize() {
        History history = History.of(results(true));
        assertThat(history.changed()).hasSize(1);
        History.Trend trend = history.changed().get(0);
        assertThat(trend.changes()).containsExactly(20);
        assertThat(trend.step(20)).isEqualTo(0.25, within(0.02));

        HistoryReport report = new HistoryReport(history);
        assertThat(report.text(Paint.PLAIN, 8))
                .startsWith("In 30 results of jmh (2 metrics), 1 metric changed; the largest change is\nB.time, +2")
                .contains("2026-01-21 00:00", "worse");
        assertThat(report.html())
                .contains(
                        ">1 changed</span>",
                        "<svg ",
                        "2026-01-21 00:00",
                        ">worse</td>",
                        "30 results from 2026-01-01 00:00")
                .doesNotContain("src=");
        assertThat(report.html()).isEqualTo(new HistoryReport(History.of(results(true))).html());
    }

    @Test
    void aSpikeIsNone() {
        HistoryReport report = new HistoryReport(History.of(results(false)));

        assertThat(report.text(Paint.PLAIN, 8))
                .isEqualTo("In 30 results of jmh (2 metrics), no metric changed its level.\n");
        assertThat(report.html()).contains(">no change</span>");
    }

    @Test
    void oneFolderIsOneSuite() {
        RunResult other =
                RunResult.builder(RunResult.RUN, "steady").value(PODS, 1).build();

        assertThatThrownBy(() -> History.of(List.of(results(false).get(0), other)))
                .hasMessageContaining("holds results of steady and of jmh");
    }
}
