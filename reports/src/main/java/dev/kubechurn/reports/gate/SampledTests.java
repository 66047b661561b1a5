package dev.kubechurn.reports.gate;

import dev.kubechurn.reports.gate.Row.Kind;
import dev.kubechurn.reports.gate.Row.Measured;
import dev.kubechurn.reports.result.Better;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.stats.Holm;
import dev.kubechurn.reports.stats.RankTest;
import dev.kubechurn.reports.stats.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Tests what is measured with noise: all metrics of a comparison together, whose p-values are corrected for their number.
 *
 * @param paired whether the samples of the two sides were taken in pairs, in the same order
 * @param notes told of what is not tested
 */
record SampledTests(Side base, Side candidate, Policy policy, boolean paired, Consumer<String> notes) {

    /**
     * Says before so many pairs are measured that they would be too few.
     *
     * @param tests how many metrics are tested, at least
     * @throws GateException if the comparison could not fail
     */
    static void requirePairs(int pairs, int tests, Policy policy) {
        if (RankTest.leastSignedRank(pairs) * tests > policy.alpha()) {
            throw new GateException(String.format(
                    Locale.ROOT,
                    "this comparison cannot fail: the smallest p of %d pairs is %.2g, but with %d benchmarks it must be"
                            + " below %.2g; use at least %d pairs",
                    pairs,
                    RankTest.leastSignedRank(pairs),
                    tests,
                    policy.alpha() / tests,
                    pairsNeeded(tests, policy)));
        }
    }

    /** A row for each metric that can be tested; where all would take more runs, a note says so instead. */
    List<Row> rows(List<MetricDescriptor> tested) {
        List<Row> rows = new ArrayList<>();
        List<MetricDescriptor> positive = new ArrayList<>();
        for (MetricDescriptor descriptor : tested) {
            if (Arrays.stream(base.samples(descriptor.id())).allMatch(each -> each > 0)
                    && Arrays.stream(candidate.samples(descriptor.id())).allMatch(each -> each > 0)) {
                positive.add(descriptor);
            } else {
                rows.add(withoutRatio(descriptor));
            }
        }
        if (base.kind().equals(RunResult.RUN) && positive.stream().anyMatch(each -> !canFail(each, positive.size()))) {
            notes.accept(positive.size() + " measured metrics were not tested: this needs "
                    + forksNeeded(positive.size()) + " runs per side");
            return rows;
        }
        positive.forEach(descriptor -> requireItCanFail(descriptor, positive.size()));
        List<Shift> shifts = positive.stream().map(this::shift).toList();
        double[] adjusted =
                Holm.adjust(shifts.stream().mapToDouble(Shift::pValue).toArray());
        for (int i = 0; i < positive.size(); i++) {
            rows.add(sampled(positive.get(i), shifts.get(i), adjusted[i]));
        }
        return rows;
    }

    private Row withoutRatio(MetricDescriptor descriptor) {
        String id = descriptor.id();
        return Row.untested(
                descriptor,
                Kind.SAMPLED,
                Verdict.NOT_COMPARABLE,
                base.figure(id),
                candidate.figure(id),
                "a sample is 0, so there is no ratio");
    }

    private Shift shift(MetricDescriptor descriptor) {
        double[] before = base.samples(descriptor.id());
        double[] after = candidate.samples(descriptor.id());
        return paired ? Shift.ofPairs(before, after) : Shift.of(before, after);
    }

    /** A gate that cannot be red is worse than none. */
    private void requireItCanFail(MetricDescriptor descriptor, int tests) {
        int before = base.samples(descriptor.id()).length;
        int after = candidate.samples(descriptor.id()).length;
        if (paired && before != after) {
            throw new GateException(descriptor.id() + " has " + before + " samples in the base and " + after
                    + " in the candidate, which cannot be paired; compare without --paired");
        }
        if (!canFail(descriptor, tests)) {
            throw new GateException(String.format(
                    Locale.ROOT,
                    "this comparison cannot fail: %s has %d and %d forks, whose smallest p is %.2g, but with %d tests it"
                            + " must be below %.2g; use at least %d forks per side, or %d pairs",
                    descriptor.id(),
                    before,
                    after,
                    leastP(descriptor),
                    tests,
                    policy.alpha() / tests,
                    forksNeeded(tests),
                    pairsNeeded(tests, policy)));
        }
    }

    private boolean canFail(MetricDescriptor descriptor, int tests) {
        return leastP(descriptor) * tests <= policy.alpha();
    }

    private double leastP(MetricDescriptor descriptor) {
        int before = base.samples(descriptor.id()).length;
        int after = candidate.samples(descriptor.id()).length;
        return paired ? RankTest.leastSignedRank(before) : RankTest.leastMannWhitney(before, after);
    }

    private int forksNeeded(int tests) {
        int forks = 1;
        while (RankTest.leastMannWhitney(forks, forks) * tests > policy.alpha()) {
            forks++;
        }
        return forks;
    }

    private static int pairsNeeded(int tests, Policy policy) {
        int pairs = 1;
        while (RankTest.leastSignedRank(pairs) * tests > policy.alpha()) {
            pairs++;
        }
        return pairs;
    }

    private Row sampled(MetricDescriptor descriptor, Shift shift, double adjusted) {
        String id = descriptor.id();
        double threshold = policy.threshold(id);
        double distance = StrictMath.log(1 + threshold);
        boolean certain = adjusted < policy.alpha();
        boolean worse = descriptor.better() == Better.LOWER ? shift.estimate() > 0 : shift.estimate() < 0;
        Verdict verdict;
        if (certain && shift.interval().isBeyond(distance)) {
            verdict = worse ? Verdict.REGRESSED : Verdict.IMPROVED;
        } else {
            verdict = shift.interval().isWithin(distance) ? Verdict.UNCHANGED : Verdict.INCONCLUSIVE;
        }
        double[] before = base.samples(id);
        double[] after = candidate.samples(id);
        Measured measured = new Measured(
                fraction(shift.estimate()),
                fraction(shift.interval().low()),
                fraction(shift.interval().high()),
                shift.pValue(),
                adjusted,
                threshold,
                policy.noise(id),
                fraction(shift.detectable(distance)),
                Arrays.stream(before).boxed().toList(),
                Arrays.stream(after).boxed().toList());
        return new Row(
                id,
                descriptor.unit(),
                descriptor.better(),
                Kind.SAMPLED,
                verdict,
                base.figure(id),
                candidate.figure(id),
                reason(verdict, measured, certain),
                measured);
    }

    private static double fraction(double shift) {
        return StrictMath.exp(shift) - 1;
    }

    private static String reason(Verdict verdict, Measured measured, boolean certain) {
        return switch (verdict) {
            case REGRESSED, IMPROVED -> "significant, and above the minimum effect";
            case UNCHANGED -> "the whole interval is within the minimum effect";
            default ->
                certain
                        ? "significant, but possibly below the minimum effect"
                        : String.format(
                                Locale.ROOT,
                                "too noisy: the smallest detectable change is %.1f %%",
                                100 * measured.detectable());
        };
    }
}
