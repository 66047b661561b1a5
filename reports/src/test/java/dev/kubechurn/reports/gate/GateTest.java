package dev.kubechurn.reports.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is red, what is green, and what is neither; directions and what may be compared (gate.md, points 2, 3, 5, 6). */
final class GateTest {

    private static final double[] QUIET = {100, 101, 99, 100.5, 99.5, 100.2, 99.8, 100.7, 99.3, 100.1};
    private static final double[] NOISY = {100, 140, 80, 120, 70, 150, 95, 130, 85, 110};
    private static final MetricDescriptor TIME =
            MetricDescriptor.of("B.time", new Unit("ns/op")).lowerIsBetter();
    private static final MetricDescriptor RATE =
            MetricDescriptor.of("B.time", new Unit("ops/s")).higherIsBetter();
    private static final MetricDescriptor BYTES =
            MetricDescriptor.of("B.time.alloc", new Unit("B/op")).lowerIsBetter();
    private static final MetricDescriptor LISTS =
            MetricDescriptor.of("apiserver.lists", Unit.COUNT).lowerIsBetter().exact();
    private static final MetricDescriptor PODS =
            MetricDescriptor.of("pods", Unit.COUNT).exact();

    private static RunResultBuilder benchmark() {
        return RunResult.builder(RunResult.BENCHMARK, "jmh").environment(Map.of("jdk", "17", "cpu", "a"));
    }

    private static RunResult of(MetricDescriptor descriptor, double... samples) {
        return benchmark().metric(SamplesMetric.of(descriptor, samples)).build();
    }

    private static double[] times(double factor, double[] samples) {
        return Arrays.stream(samples).map(each -> factor * each).toArray();
    }

    private static Comparison compare(RunResult base, RunResult candidate) {
        return compare(base, candidate, Policy.DEFAULT);
    }

    private static Comparison compare(RunResult base, RunResult candidate, Policy policy) {
        return Gate.compare("base", List.of(base), "candidate", List.of(candidate), policy, false);
    }

    private static Verdict only(Comparison comparison) {
        assertThat(comparison.rows()).hasSize(1);
        return comparison.rows().get(0).verdict();
    }

    @ParameterizedTest
    @CsvSource({
        "1.20, REGRESSED, IMPROVED",
        "0.80, IMPROVED, REGRESSED",
        "1.00, UNCHANGED, UNCHANGED",
        "1.02, UNCHANGED, UNCHANGED"
    })
    void theDirectionDecides(double factor, Verdict lowerIsBetter, Verdict higherIsBetter) {
        assertThat(only(compare(of(TIME, QUIET), of(TIME, times(factor, QUIET)))))
                .isEqualTo(lowerIsBetter);
        assertThat(only(compare(of(RATE, QUIET), of(RATE, times(factor, QUIET)))))
                .isEqualTo(higherIsBetter);
    }

    @Test
    void noiseIsNoPass() {
        Comparison comparison = compare(of(TIME, NOISY), of(TIME, times(1.03, NOISY)));

        assertThat(only(comparison)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(comparison.failed(false)).isFalse();
        assertThat(comparison.failed(true)).isTrue();
        assertThat(comparison.rows().get(0).reason()).startsWith("too noisy: the smallest detectable change is");
    }

    /** Certain, yet not all of the interval is beyond what matters. */
    @Test
    void certaintyAloneIsNotEnough() {
        Comparison comparison = compare(of(TIME, QUIET), of(TIME, times(1.05, QUIET)));

        assertThat(comparison.rows().get(0).measured()).satisfies(measured -> {
            assertThat(measured).isNotNull();
            assertThat(measured.adjusted()).isLessThan(0.001);
        });
        assertThat(only(comparison)).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void thePolicySaysWhatMatters() {
        RunResult slower = of(TIME, times(1.10, QUIET));
        Policy lenient =
                new Policy(0.05, 0.05, 0, List.of(new Policy.Rule(Pattern.compile("^B\\."), 0.2, null, false)));
        Policy noisy = new Policy(0.05, 0.05, 0.15, List.of());
        Policy blind = new Policy(0.05, 0.05, 0, List.of(new Policy.Rule(Pattern.compile("time"), null, null, true)));

        assertThat(only(compare(of(TIME, QUIET), slower))).isEqualTo(Verdict.REGRESSED);
        assertThat(only(compare(of(TIME, QUIET), slower, lenient))).isEqualTo(Verdict.UNCHANGED);
        assertThat(only(compare(of(TIME, QUIET), slower, noisy))).isEqualTo(Verdict.UNCHANGED);
        assertThat(compare(of(TIME, QUIET), slower, blind).rows()).isEmpty();
    }

    /** A base that differs from itself by eight percent cannot tell ten from noise. */
    @Test
    void whatTheBaseDiffersFromItselfByIsNoChange() {
        RunResult base = of(TIME, QUIET);
        Map<String, Double> noise = Gate.noise(List.of(base), List.of(of(TIME, times(1.08, QUIET))), Policy.DEFAULT);

        assertThat(noise.get("B.time")).isCloseTo(0.08, within(0.005));
        Policy measured = Policy.DEFAULT.withMeasuredNoise(noise);
        assertThat(only(compare(base, of(TIME, times(1.06, QUIET)), measured))).isEqualTo(Verdict.UNCHANGED);
        assertThat(only(compare(base, of(TIME, times(1.20, QUIET)), measured))).isEqualTo(Verdict.REGRESSED);
    }

    @Test
    void distributionsThatDifferAreLaidOverEachOther() {
        Comparison comparison = compare(latencies(1, 1_000), latencies(2, 1_000));
        assertThat(comparison.overlays()).singleElement().satisfies(overlay -> {
            assertThat(overlay.metric()).isEqualTo("visible.latency");
            assertThat(overlay.base().count()).isEqualTo(1_000);
            assertThat(overlay.candidate().p50()).isGreaterThan(overlay.base().p50());
        });
        assertThat(compare(latencies(1, 1_000), latencies(1, 1_000)).overlays()).isEmpty();
        assertThat(compare(latencies(1, 1_000), latencies(1, 0)).overlays()).isEmpty();
    }

    /** What is predicted exactly is measured in wall time, and counts all the same. */
    @Test
    void aPredictionIsHeldToItsCounts() {
        RunResult predicted = run("virtual", LISTS, 10).build();
        MetricDescriptor measured =
                MetricDescriptor.of("apiserver.lists", Unit.COUNT).lowerIsBetter();
        Pattern counts = Pattern.compile("^apiserver\\.lists$");

        assertThat(predict(predicted, run("cluster", measured, 10).build(), counts)
                        .failed(false))
                .isFalse();
        Comparison wrong = predict(predicted, run("cluster", measured, 9).build(), counts);
        assertThat(wrong.failed(false)).isTrue();
        assertThat(only(wrong)).isEqualTo(Verdict.REGRESSED);
        assertThatThrownBy(() -> predict(
                        predicted,
                        run("cluster", measured, 9).parameter("seed", "2").build(),
                        counts))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("different scenarios");
    }

    private static Comparison predict(RunResult predicted, RunResult measured, Pattern counts) {
        return Gate.prediction(List.of(predicted), List.of(measured), counts, Set.of("transport"));
    }

    private static RunResultBuilder run(String transport, MetricDescriptor descriptor, long value) {
        return RunResult.builder(RunResult.RUN, "r")
                .parameter("transport", transport)
                .value(descriptor, value);
    }

    private static RunResult latencies(int factor, int count) {
        Histogram histogram = new Histogram(3);
        for (int i = 1; i <= count; i++) {
            histogram.recordValue((long) factor * i * 1_000_000);
        }
        MetricDescriptor visible = MetricDescriptor.of("visible.latency", Unit.NANOSECONDS)
                .lowerIsBetter()
                .exact();
        return RunResult.builder(RunResult.RUN, "r")
                .metric(HistogramMetric.of(visible, histogram))
                .build();
    }

    @Test
    void pairsSeeWhatDriftHides() {
        double[] drifting = new double[10];
        double[] slower = new double[10];
        for (int i = 0; i < 10; i++) {
            drifting[i] = 100 + 20 * i;
            slower[i] = 1.2 * drifting[i] + i % 3;
        }
        RunResult base = of(TIME, drifting);
        RunResult candidate = of(TIME, slower);

        assertThat(only(compare(base, candidate))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(only(Gate.compare("b", List.of(base), "c", List.of(candidate), Policy.DEFAULT, true)))
                .isEqualTo(Verdict.REGRESSED);
    }

    @Test
    void severalResultsOfASideAreRepetitions() {
        List<RunResult> base =
                Arrays.stream(QUIET).mapToObj(each -> of(TIME, each)).toList();
        List<RunResult> candidate =
                Arrays.stream(QUIET).mapToObj(each -> of(TIME, 1.3 * each)).toList();

        assertThat(only(Gate.compare("b", base, "c", candidate, Policy.DEFAULT, false)))
                .isEqualTo(Verdict.REGRESSED);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.04, UNCHANGED",
        "0, 0.06, REGRESSED",
        "100, 108, UNCHANGED",
        "100, 109, REGRESSED",
        "100, 91, IMPROVED",
        "10000, 10099, UNCHANGED",
        "10000, 10101, REGRESSED",
        "16, 0, IMPROVED"
    })
    void allocationIsNearlyExact(double before, double after, Verdict verdict) {
        assertThat(only(compare(of(BYTES, before), of(BYTES, after)))).isEqualTo(verdict);
    }

    @Test
    void exactMetricsAreEqualOrNot() {
        RunResult base = exact(7, 100);

        assertThat(compare(base, exact(7, 100)).count(Verdict.UNCHANGED)).isEqualTo(2);
        assertThat(compare(base, exact(8, 100)).failed(false)).isTrue();
        assertThat(compare(base, exact(6, 100)).count(Verdict.IMPROVED)).isEqualTo(1);
        // more pods are neither better nor worse, but they are another run
        assertThat(compare(base, exact(7, 101)).failed(false)).isTrue();
        assertThat(compare(base, exact(7, 99)).failed(false)).isTrue();
    }

    private static RunResult exact(long lists, long pods) {
        return RunResult.builder(RunResult.RUN, "steady")
                .environment(Map.of("jdk", "17"))
                .parameter("seed", "1")
                .value(LISTS, lists)
                .value(PODS, pods)
                .build();
    }

    /** On any machine and JDK, but of one scenario. */
    @Test
    void exactMetricsAreComparableAnywhere() {
        RunResult elsewhere = RunResult.builder(RunResult.RUN, "steady")
                .environment(Map.of("jdk", "25", "cpu", "b"))
                .parameter("seed", "1")
                .value(LISTS, 9)
                .value(PODS, 100)
                .build();
        RunResult otherSeed = RunResult.builder(RunResult.RUN, "steady")
                .parameter("seed", "2")
                .value(LISTS, 9)
                .value(PODS, 100)
                .build();

        assertThat(compare(exact(7, 100), elsewhere).count(Verdict.REGRESSED)).isEqualTo(1);
        assertThat(compare(exact(7, 100), otherSeed).count(Verdict.NOT_COMPARABLE))
                .isEqualTo(2);
        assertThat(compare(exact(7, 100), otherSeed).rows().get(0).reason())
                .isEqualTo("seed is 1 in the base and 2 in the candidate");
    }

    @ParameterizedTest
    @CsvSource({"jdk, 25", "cpu, b", "blackholes, full", "gc, Z", "arch, aarch64"})
    void whatWasMeasuredElsewhereIsNotComparable(String fact, String value) {
        RunResult elsewhere = benchmark()
                .environment(Map.of(fact, value))
                .metric(SamplesMetric.of(TIME, QUIET))
                .build();

        Comparison comparison = compare(of(TIME, QUIET), elsewhere);
        assertThat(only(comparison)).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(comparison.failed(true)).isTrue();
        assertThat(comparison.rows().get(0).reason()).startsWith(fact + " is ");
    }

    @ParameterizedTest
    @CsvSource({"mode, ss", "jvmArguments, -Xint", "warmup, 1 x 1 s"})
    void whatWasMeasuredOtherwiseIsNotComparable(String parameter, String value) {
        RunResult otherwise = benchmark()
                .metric(SamplesMetric.of(TIME, QUIET))
                .parameter("B.time " + parameter, value)
                .parameter("other " + parameter, "whatever")
                .build();

        assertThat(only(compare(of(TIME, QUIET), otherwise))).isEqualTo(Verdict.NOT_COMPARABLE);
    }

    @Test
    void anotherUnitIsNotComparable() {
        assertThat(only(compare(
                        of(TIME, QUIET),
                        of(MetricDescriptor.of("B.time", new Unit("us/op")).lowerIsBetter(), QUIET))))
                .isEqualTo(Verdict.NOT_COMPARABLE);
    }

    /** What was exact and is measured now, or the other way round. */
    @Test
    void anotherKindOfMetricIsNotComparable() {
        RunResult exact =
                RunResult.builder(RunResult.RUN, "steady").value(LISTS, 7).build();
        RunResult measured = RunResult.builder(RunResult.RUN, "steady")
                .value(MetricDescriptor.of("apiserver.lists", Unit.COUNT).lowerIsBetter(), 8)
                .build();

        for (Comparison comparison : List.of(compare(exact, measured), compare(measured, exact))) {
            assertThat(only(comparison)).isEqualTo(Verdict.NOT_COMPARABLE);
            assertThat(comparison.rows().get(0).reason()).isEqualTo("different kinds of metrics");
        }
        assertThat(compare(exact, measured).rows().get(0).candidate()).isEqualTo(8);
    }

    @Test
    void aGateThatCouldNotFailIsRefused() {
        assertThatThrownBy(() -> compare(of(TIME, 1, 2, 3), of(TIME, 4, 5, 6)))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("cannot fail: B.time has 3 and 3 forks, whose smallest p is 0.10")
                .hasMessageContaining("use at least 4 forks per side, or 6 pairs");
    }

    /** gate.md: for 30 benchmarks at least 7 forks an arm or 10 pairs. */
    @Test
    void manyBenchmarksNeedMoreForks() {
        assertThatThrownBy(() -> compare(thirty(5), thirty(5)))
                .hasMessageContaining("use at least 7 forks per side, or 11 pairs");
        assertThat(compare(thirty(7), thirty(7)).rows()).hasSize(30);
    }

    private static RunResult thirty(int forks) {
        RunResultBuilder result = benchmark();
        for (int i = 0; i < 30; i++) {
            result.metric(SamplesMetric.of(
                    MetricDescriptor.of("B.m" + i, new Unit("ns/op")).lowerIsBetter(), Arrays.copyOf(QUIET, forks)));
        }
        return result.build();
    }

    @Test
    void aMissingBenchmarkIsLoudAndANewOneIsNoted() {
        RunResult both = benchmark()
                .metric(SamplesMetric.of(TIME, QUIET))
                .metric(SamplesMetric.of(BYTES, 0))
                .build();

        assertThatThrownBy(() -> compare(both, of(TIME, QUIET)))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("the candidate is missing B.time.alloc");
        assertThat(compare(of(TIME, QUIET), both).notes())
                .containsExactly("B.time.alloc is new: the base does not have it");
    }

    @Test
    void otherSuitesAndMixedSidesAreRefused() {
        assertThatThrownBy(() -> compare(of(TIME, QUIET), exact(1, 1)))
                .hasMessageContaining("of jmh and the candidate of steady");
        assertThatThrownBy(() -> Gate.compare(
                        "b", List.of(exact(1, 1), exact(2, 1)), "c", List.of(exact(1, 1)), Policy.DEFAULT, false))
                .hasMessageContaining("the base's results differ in apiserver.lists");
        assertThatThrownBy(() -> Gate.compare("b", List.of(), "c", List.of(exact(1, 1)), Policy.DEFAULT, false))
                .hasMessageContaining("no base is given");
    }

    /** One run in wall time each says nothing for certain; what is exact in it still does. */
    @Test
    void singleRunsAreComparedByWhatIsExact() {
        MetricDescriptor latency =
                MetricDescriptor.of("lookup", Unit.NANOSECONDS).lowerIsBetter();
        RunResult base = RunResult.builder(RunResult.RUN, "steady")
                .value(LISTS, 1)
                .value(latency, 5.0)
                .build();

        Comparison comparison = compare(base, base);
        assertThat(comparison.count(Verdict.UNCHANGED)).isEqualTo(1);
        assertThat(comparison.notes())
                .containsExactly("1 measured metrics were not tested: this needs 4 runs per side");
    }
}
