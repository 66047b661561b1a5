package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.reports.result.SweepResult.Cell;
import dev.kubechurn.reports.result.SweepResult.Figure;
import dev.kubechurn.reports.result.SweepResult.Run;
import dev.kubechurn.reports.result.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sweep says in words what it varied and what that changed. */
final class SweepReportTest {

    private static final double SECOND = 1e9;

    private static Run run(long seed, double watches, double requests, double seconds) {
        return new Run(
                seed,
                "",
                0,
                Map.of(
                        "apiserver.watches.peak", new Figure(Unit.COUNT, watches),
                        "apiserver.requests{verb=list}", new Figure(Unit.COUNT, requests - 10),
                        "apiserver.requests{verb=get}", new Figure(Unit.COUNT, 10),
                        "visible.latency:p99", new Figure(Unit.NANOSECONDS, seconds * SECOND)));
    }

    private static SweepResult sweep(Map<String, List<String>> varied, List<List<Run>> runs) {
        List<Map<String, String>> grid = new ArrayList<>(List.of(Map.of()));
        varied.forEach((path, values) -> {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> cell : grid) {
                for (String value : values) {
                    Map<String, String> with = new LinkedHashMap<>(cell);
                    with.put(path, value);
                    longer.add(with);
                }
            }
            grid.clear();
            grid.addAll(longer);
        });
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            cells.add(new Cell(grid.get(i), runs.get(i)));
        }
        List<Long> seeds = runs.get(0).stream().map(Run::seed).toList();
        return new SweepResult("steady", "", varied, seeds, cells);
    }

    @Test
    void namesWhatWasVariedAndWhatChanged() {
        SweepResult sweep = sweep(
                Map.of("strategy", List.of("Watch", "Cache")),
                List.of(List.of(run(1, 1204, 3000, 20)), List.of(run(1, 0, 42_000, 60))));

        assertThat(SweepSentence.of(sweep))
                .isEqualTo(
                        "With **Cache** instead of Watch, open watches fall from **1,204 to 0** and requests grow"
                                + " **14-fold** (3,000 to 42,000); updates reach pods **40.0 s later** (99\u00a0% within 1.00 min).");
    }

    @Test
    void otherFieldsKeepOneValueAndALineIsForEachComparison() {
        Map<String, List<String>> varied = new LinkedHashMap<>();
        varied.put("strategy", List.of("Watch", "Get"));
        varied.put("cluster.nodes", List.of("50", "1000"));
        SweepResult sweep = sweep(
                varied,
                List.of(
                        List.of(run(1, 100, 1000, 5)),
                        List.of(run(1, 120, 1001, 4)),
                        List.of(run(1, 0, 7000, 5)),
                        List.of(run(1, 0, 500, 4))));

        assertThat(SweepSentence.of(sweep).lines())
                .containsExactly(
                        "With **Get** instead of Watch (1,000 nodes), open watches fall from **120 to 0** and requests"
                                + " fall by **50\u00a0%** (1,001 to 500); updates reach pods about as fast (99\u00a0% within 4.00 s).",
                        "With **1,000 nodes** instead of 50 (Watch), open watches grow by **20\u00a0%** (100 to 120) and"
                                + " requests hardly change (1,000 to 1,001); updates reach pods **1.00 s sooner** (99\u00a0% within 4.00 s).");
    }

    @Test
    void seedsAloneAreARange() {
        SweepResult sweep = sweep(Map.of(), List.of(List.of(run(1, 10, 100, 1), run(2, 12, 90, 1))));

        assertThat(SweepSentence.of(sweep))
                .isEqualTo(
                        "Over 2 seeds, open watches are between **10** and **12**, and requests are between **90** and"
                                + " **100**.");
    }

    @Test
    void fieldsHaveWords() {
        assertThat(FieldWords.with("pods.perNode", "1000")).isEqualTo("1,000 pods on each node");
        assertThat(FieldWords.with("kubelet.syncFrequency", "30s")).isEqualTo("kubelet sync frequency 30s");
        assertThat(FieldWords.with("configMaps.size", "2Ki")).isEqualTo("ConfigMap size 2Ki");
        assertThat(FieldWords.other("kubelet.watchList", "true")).isEqualTo("WatchList");
    }

    @Test
    void thePageSaysNoMetricsNamesAndLeadsToEachRun() {
        SweepResult sweep = sweep(
                Map.of("strategy", List.of("Watch", "Cache")),
                List.of(
                        List.of(run(1, 10, 3000, 2), run(2, 10, 3000, 2)),
                        List.of(run(1, 5, 42_000, 4), run(2, 5, 42_000, 4))));
        String html = SweepReport.html(
                sweep,
                List.of(
                        new SweepTable.Column("apiserver.watches.peak", "watches"),
                        new SweepTable.Column("visible.latency:p99", "→ volume")),
                (cell, seed) -> "runs/" + cell + "-" + seed + ".html");

        assertThat(html)
                .contains("<a href=\"runs/1-2.html\">seed 2</a>", "<h2>Open watches, peak</h2>", "update → pod, p99")
                .doesNotContain("apiserver.watches", "visible.latency");
    }
}
