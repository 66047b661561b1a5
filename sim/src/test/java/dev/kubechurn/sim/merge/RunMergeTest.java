package dev.kubechurn.sim.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubechurn.reports.result.Breakdown;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Series.Point;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class RunMergeTest {

    private static final Instant BEGIN = Instant.parse("2026-11-27T12:00:00Z");

    private final SplittableRandom random = new SplittableRandom();

    private static RunResultBuilder shard(int index, int count) {
        return RunResult.builder(RunResult.RUN, "settled")
                .title("a run")
                .started(BEGIN)
                .duration(Duration.ofSeconds(10))
                .environment(Map.of(
                        "kubechurn",
                        "1",
                        "shard",
                        index + "/" + count,
                        "run",
                        "r1",
                        "fingerprint",
                        "f",
                        "cpu",
                        "c" + index))
                .parameters(Map.of("seed", "7"));
    }

    private static RunResult merge(RunResultBuilder... shards) {
        Map<Path, RunResult> results = new LinkedHashMap<>();
        for (int i = 0; i < shards.length; i++) {
            results.put(Path.of("part-" + i), shards[i].build());
        }
        return RunMerge.of(results);
    }

    private static MetricDescriptor metric(String name, Unit unit) {
        return MetricDescriptor.of(name, unit).lowerIsBetter();
    }

    private static Series watches(double... bySecond) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < bySecond.length; i++) {
            points.add(new Point((i + 1) * 1_000_000_000L + 3_000_000, bySecond[i]));
        }
        return new Series("apiserver.watches", Unit.COUNT, points);
    }

    private static double value(RunResult result, String name) {
        return ((ValueMetric) result.metric(name).orElseThrow()).value();
    }

    @Test
    void countsSumAndHistogramsAddAsIfOneHadRecordedAll() {
        Histogram all = new Histogram(3);
        List<Histogram> parts = List.of(new Histogram(3), new Histogram(3), new Histogram(3));
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong(1L << random.nextInt(1, 40));
            all.recordValue(value);
            parts.get(random.nextInt(3)).recordValue(value);
        }
        RunResult merged = merge(with(2, parts.get(2)), with(0, parts.get(0)), with(1, parts.get(1)));
        assertThat(value(merged, "updates")).isEqualTo(3);
        HistogramMetric latency =
                (HistogramMetric) merged.metric("propagation.latency").orElseThrow();
        assertThat(latency).isEqualTo(HistogramMetric.of(metric("propagation.latency", Unit.NANOSECONDS), all));
        assertThat(merged.environment())
                .containsEntry("shards", "3")
                .containsEntry("cpu", "c0 | c1 | c2")
                .doesNotContainKey("shard");
    }

    private static RunResultBuilder with(int index, Histogram histogram) {
        return shard(index, 3)
                .value(metric("updates", Unit.COUNT), index)
                .metric(HistogramMetric.of(metric("propagation.latency", Unit.NANOSECONDS), histogram));
    }

    /** Shard 0 has 100 watches first, shard 1 later: never were there 200. */
    @Test
    void aPeakIsOneMomentOfAllAndNotTheSumOfTheirs() {
        RunResult merged = merge(
                peaked(0, 100, watches(100, 60, 10)).started(BEGIN),
                peaked(1, 100, watches(10, 50, 100)).started(BEGIN));
        assertThat(value(merged, "apiserver.watches.peak")).isEqualTo(110);
        assertThat(((RangeMetric) merged.metric("memory.watches").orElseThrow()).high())
                .isEqualTo(110 * 100.0);
        assertThat(merged.series("apiserver.watches", Labels.NONE).orElseThrow().points())
                .containsExactly(
                        new Point(1_000_000_000L, 110.0),
                        new Point(2_000_000_000L, 110.0),
                        new Point(3_000_000_000L, 110.0));
    }

    @Test
    void seriesLieWhereTheyWereInTime() {
        RunResult merged = merge(
                peaked(0, 100, watches(100, 60, 10)),
                peaked(1, 120, watches(120, 50)).started(BEGIN.plusSeconds(2)));
        assertThat(merged.series("apiserver.watches", Labels.NONE).orElseThrow().points())
                .containsExactly(
                        new Point(1_000_000_000L, 100.0),
                        new Point(2_000_000_000L, 60.0),
                        new Point(3_000_000_000L, 130.0),
                        new Point(4_000_000_000L, 50.0));
        assertThat(merged.durationNanos()).isEqualTo(Duration.ofSeconds(12).toNanos());
        assertThat(merged.started()).isEqualTo(BEGIN);
    }

    private static RunResultBuilder peaked(int index, long peak, Series watches) {
        return shard(index, 2)
                .value(metric("apiserver.watches.peak", Unit.COUNT), peak)
                .metric(new RangeMetric(metric("memory.perWatch", Unit.BYTES), 50, 100))
                .metric(new RangeMetric(metric("memory.watches", Unit.BYTES), 50 * peak, 100 * peak))
                .series(watches);
    }

    @Test
    void whatTheServerTellsOfItselfIsTakenOnce() {
        RunResult merged = merge(
                shard(0, 2)
                        .value(metric("server.watches", Unit.COUNT), 40)
                        .value(metric("faults.struck", Unit.COUNT).label("fault", "loseNodes"), 1),
                shard(1, 2)
                        .value(metric("server.watches", Unit.COUNT), 41)
                        .value(metric("faults.struck", Unit.COUNT).label("fault", "loseNodes"), 1));
        assertThat(value(merged, "server.watches")).isEqualTo(41);
        assertThat(((ValueMetric) merged.metrics("faults.struck").get(0)).value())
                .isEqualTo(1);
    }

    @Test
    void checksAndNotesAreUnited() {
        RunResult merged = merge(
                shard(0, 2)
                        .check(CheckResult.held("a"))
                        .check(CheckResult.held("b"))
                        .check(CheckResult.violated("c", 2, List.of("x")))
                        .note("of both")
                        .partial("interrupted"),
                shard(1, 2)
                        .check(CheckResult.held("a"))
                        .check(CheckResult.notChecked("b", "no time"))
                        .check(CheckResult.violated("c", 1, List.of("y")))
                        .note("of both")
                        .note("of one"));
        assertThat(merged.checks())
                .containsExactly(
                        CheckResult.held("a"),
                        CheckResult.notChecked("b", "shard 1/2: no time"),
                        CheckResult.violated("c", 3, List.of("shard 0/2: x", "shard 1/2: y")));
        assertThat(merged.notes()).startsWith("of both", "shard 1/2: of one");
        assertThat(merged.partialReason()).isEqualTo("shard 0/2: interrupted");
    }

    /** Each tells only its ten largest: what one of them keeps silent about cannot be summed. */
    @Test
    void watchesByObjectAreToldWhereAllTellThem() {
        RunResult merged = merge(
                shard(0, 2)
                        .breakdown(held(
                                30,
                                Map.of("configmaps/kube-root-ca.crt in 3 namespaces", 20.0),
                                Map.of("configmaps/a", 5.0))),
                shard(1, 2)
                        .breakdown(held(
                                30,
                                Map.of("configmaps/kube-root-ca.crt in 2 namespaces", 18.0),
                                Map.of("configmaps/b", 12.0))));
        Breakdown together = merged.breakdown("apiserver.watches.held").orElseThrow();
        assertThat(together.total()).isEqualTo(60);
        assertThat(together.parts())
                .containsExactly(
                        Map.entry("configmaps/kube-root-ca.crt in 3 namespaces", 38.0), Map.entry("configmaps/a", 5.0));
    }

    private static Breakdown held(double total, Map<String, Double> largest, Map<String, Double> next) {
        Map<String, Double> parts = new LinkedHashMap<>(largest);
        parts.putAll(next);
        return new Breakdown("apiserver.watches.held", Unit.COUNT, total, parts);
    }

    @Test
    void whatMakesNoWholeIsRefusedByName() {
        refused("shards 1/4, 3/4 are missing; give the directories of all 4", shard(0, 4), shard(2, 4));
        refused("shard 1/2 is missing", shard(0, 2));
        refused(
                "shard 0/2 is given twice: part-0 and part-2; remove one of them",
                shard(0, 2),
                shard(1, 2),
                shard(0, 2));
        refused("have different numbers of shards", shard(0, 2), shard(1, 3));
        refused(
                "shard 0/2 (part-0) and shard 1/2 (part-1) have different values of seed: 7 and 8",
                shard(0, 2),
                shard(1, 2).parameter("seed", "8"));
        refused("different versions: 1 and 2", shard(0, 2), shard(1, 2).environment(Map.of("kubechurn", "2")));
        refused("different runs: r1 and r2", shard(0, 2), shard(1, 2).environment(Map.of("run", "r2")));
        refused("different manifests", shard(0, 2), shard(1, 2).environment(Map.of("fingerprint", "g")));
        refused("part-0 is the result of a whole run", RunResult.builder(RunResult.RUN, "settled"));
        refused("part-0 is the result of a benchmark", RunResult.builder(RunResult.BENCHMARK, "lookup"));
        refused("environment.shard: \"two\" is not a shard", shard(0, 2).environment(Map.of("shard", "two")));
    }

    private static void refused(String why, RunResultBuilder... shards) {
        assertThatExceptionOfType(MergeException.class)
                .isThrownBy(() -> merge(shards))
                .withMessageContaining(why);
    }

    @Test
    void oneShardOfOneIsAsItWas() {
        UnaryOperator<RunResultBuilder> filled = builder -> builder.value(metric("updates", Unit.COUNT), 5)
                .value(metric("apiserver.watches.peak", Unit.COUNT), 9)
                .check(CheckResult.held("a"))
                .note("n");
        RunResult alone = filled.apply(shard(0, 1)).build();
        RunResult merged = merge(filled.apply(shard(0, 1)));
        assertThat(merged.metrics()).isEqualTo(alone.metrics());
        assertThat(merged.checks()).isEqualTo(alone.checks());
        assertThat(merged.notes()).isEqualTo(alone.notes());
    }
}
