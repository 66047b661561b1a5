package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SampleResults;
import dev.kubechurn.reports.result.Unit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TerminalTableTest {

    private static final TableLayout LAYOUT = TableLayout.of(
            new TableLayout.Row("propagation.latency", "update → kubelet"),
            new TableLayout.Row("nothing.of.this.name", "left out"),
            new TableLayout.Row("memory.perWatch", "no histogram, left out"),
            new TableLayout.Row("sync.latency", "first value of an object"));

    private static final Presentation PRESENTATION = Presentation.of(LAYOUT)
            .with(
                    new SummaryLine("API server", "1,212 list · 1,240 watch"),
                    new SummaryLine("watches", "1,204 at peak · 0 at the end"))
            .with(new SummaryLine("report", "out/report.html"));

    @Test
    void alignsTheTableAndTheLinesBelow() {
        assertThat(text(PRESENTATION, SampleResults.complete())).isEqualTo("""
                                                 p50       p90       p95       p99       max     count
                  update → kubelet           50.0 ms   90.0 ms   95.0 ms   99.0 ms    100 ms       100
                  first value of an object         -         -         -         -         -         0

                  API server   1,212 list · 1,240 watch
                  watches      1,204 at peak · 0 at the end

                  report       out/report.html
                """);
    }

    @Test
    void asciiKeepsTheAlignment() {
        assertThat(text(PRESENTATION.glyphs(Glyphs.ASCII), SampleResults.complete()))
                .contains("  update -> kubelet          50.0 ms")
                .contains("1,212 list | 1,240 watch")
                .matches("[\\x0a\\x20-\\x7e]*");
    }

    @Test
    void aPartialRunSaysSoFirst() {
        RunResult partial =
                RunResult.builder(RunResult.RUN, "x").partial("interrupted").build();

        assertThat(text(PRESENTATION, partial)).startsWith("  partial      interrupted\n\n  API server   1,212");
    }

    @Test
    void aWideFigureWidensItsColumn() {
        Histogram histogram = new Histogram(5);
        histogram.recordValueWithCount(1, 1_234_567_890);
        RunResult result = RunResult.builder(RunResult.RUN, "x")
                .metric(HistogramMetric.of(
                        MetricDescriptor.of("m", Unit.NANOSECONDS).label("a", "b"), histogram))
                .build();
        TableLayout layout = TableLayout.of(new TableLayout.Row("m", Labels.of("a", "b"), "title"));

        assertThat(text(Presentation.of(layout), result)).isEqualTo("""
                                p50       p90       p95       p99       max           count
                  title        1 ns      1 ns      1 ns      1 ns      1 ns   1,234,567,890
                """);
    }

    @Test
    void withoutAnythingToShowThereIsNothing() {
        RunResult empty = RunResult.builder(RunResult.RUN, "x").build();

        assertThat(text(Presentation.of(LAYOUT), empty)).isEmpty();
        assertThat(text(Presentation.of(TableLayout.EMPTY), SampleResults.complete()))
                .isEmpty();
    }

    @Test
    void colourComesOnlyWhenAskedFor() {
        Presentation alarming = PRESENTATION.with(SummaryLine.alarm("checks", "broken"));

        assertThat(text(alarming, SampleResults.complete())).doesNotContain("\u001b");
        String coloured = text(alarming.coloured(), SampleResults.complete());
        assertThat(coloured).contains("\u001b[1;31mbroken\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(text(alarming, SampleResults.complete()));
    }

    @Test
    void textFromOutsideCannotDriveTheTerminal() {
        Presentation evil = Presentation.of(TableLayout.EMPTY).with(new SummaryLine("key", "a\u001b[2Jb\u202Ec\r\nd"));

        assertThat(text(evil, SampleResults.complete())).isEqualTo("  key   a?[2Jb?c??d\n");
    }

    @Test
    void jsonIsTheResultItself() {
        assertThat(OutputFormat.JSON.renderer(PRESENTATION).render(SampleResults.complete()))
                .isEqualTo(ResultJson.write(SampleResults.complete()));
    }

    private static String text(Presentation presentation, RunResult result) {
        return OutputFormat.TEXT.renderer(presentation).render(result);
    }
}
