package dev.kubechurn.reports.gate;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.gate.Comparison.Overlay;
import dev.kubechurn.reports.gate.Row.Kind;
import dev.kubechurn.reports.gate.Row.Measured;
import dev.kubechurn.reports.result.Better;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.JmhJson;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.Precision;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.reports.stats.Holm;
import dev.kubechurn.reports.stats.RankTest;
import dev.kubechurn.reports.stats.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * Decides a comparison. A measured metric is red or green only when both hold: its p-value, corrected for all that are tested,
 * is below alpha, and the whole interval of its change is beyond what matters. For one comparison.
 */
public final class Gate {

    private static final Median MEDIAN = Median.withDefaults();
    /** Noise is below 1: nobody would decide anything with more. */
    private static final double MOST_NOISE = 0.99;

    private static final double ALLOCATION_BYTES = 8;
    private static final double ALLOCATION_FRACTION = 0.01;

    private final Side base;
    private final Side candidate;
    private final Policy policy;
    private final boolean paired;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Gate(Side base, Side candidate, Policy policy, boolean paired) {
        this.base = base;
        this.candidate = candidate;
        this.policy = policy;
        this.paired = paired;
    }

    /**
     * Compares.
     *
     * @param baseName what to call the base
     * @param base repetitions of one scenario or suite
     * @param paired whether the samples of the two sides were taken in pairs, in the same order
     * @throws GateException if the comparison cannot be made, or could not fail
     */
    public static Comparison compare(
            String baseName,
            List<RunResult> base,
            String candidateName,
            List<RunResult> candidate,
            Policy policy,
            boolean paired) {
        Gate gate = new Gate(new Side("base", base), new Side("candidate", candidate), policy, paired);
        gate.decide();
        return new Comparison(
                baseName,
                candidateName,
                paired,
                false,
                policy,
                gate.sharedEnvironment(),
                gate.rows,
                gate.overlays(),
                gate.notes);
    }

    /**
     * By how much a base differs from itself, measured twice in pairs.
     *
     * @return by metric, as a fraction; only for what is measured with noise
     * @throws GateException if the comparison cannot be made
     */
    public static Map<String, Double> noise(List<RunResult> base, List<RunResult> again, Policy policy) {
        Map<String, Double> noise = new LinkedHashMap<>();
        for (Row row : compare("base", base, "again", again, policy, true).rows()) {
            if (row.measured() != null) {
                noise.put(
                        row.metric(),
                        Math.min(MOST_NOISE, Math.abs(row.measured().change())));
            }
        }
        return noise;
    }

    /**
     * Says before so many pairs are measured that they would be too few.
     *
     * @param tests how many metrics are tested, at least
     * @throws GateException if the comparison could not fail
     */
    public static void requirePairs(int pairs, int tests, Policy policy) {
        if (RankTest.leastSignedRank(pairs) * tests > policy.alpha()) {
            throw new GateException(String.format(
                    Locale.ROOT,
                    "this comparison could not fail: with %d pairs the smallest p is %.2g, and with %d benchmarks it must be"
                            + " below %.2g; take at least %d pairs",
                    pairs,
                    RankTest.leastSignedRank(pairs),
                    tests,
                    policy.alpha() / tests,
                    pairsNeeded(tests, policy)));
        }
    }

    /**
     * Compares a prediction with what was measured: what the one says exactly must be so in the other, where the policy calls it
     * predictable. All else, such as latencies, is laid side by side and not judged.
     *
     * @param predictable the metrics that must agree, found in their names with labels
     * @param waysToRun parameters that may differ, such as how the server was reached
     * @throws GateException if the two are not of one scenario
     */
    public static Comparison prediction(
            List<RunResult> predicted, List<RunResult> measured, Pattern predictable, Set<String> waysToRun) {
        Gate gate =
                new Gate(new Side("prediction", predicted), new Side("measurement", measured), Policy.DEFAULT, false);
        gate.predict(predictable, waysToRun);
        return new Comparison(
                "prediction",
                "measurement",
                false,
                true,
                Policy.DEFAULT,
                Map.of(),
                gate.rows,
                gate.overlays(),
                gate.notes);
    }

    private void predict(Pattern predictable, Set<String> waysToRun) {
        Map<String, String> ours = base.parameters("");
        Map<String, String> theirs = candidate.parameters("");
        ours.keySet().removeAll(waysToRun);
        theirs.keySet().removeAll(waysToRun);
        String difference = difference(ours, theirs);
        if (!base.name().equals(candidate.name()) || difference != null) {
            throw new GateException("the prediction is of another scenario than the measurement: "
                    + (difference == null ? base.name() + " and " + candidate.name() : difference));
        }
        base.descriptors().forEach((id, descriptor) -> {
            if (predictable.matcher(id).find() && candidate.descriptors().containsKey(id)) {
                boolean agrees = figure(base, id) == figure(candidate, id);
                rows.add(row(
                        descriptor,
                        Kind.EXACT,
                        agrees ? Verdict.UNCHANGED : Verdict.REGRESSED,
                        agrees ? "as predicted" : "not as predicted"));
            }
        });
        if (rows.isEmpty()) {
            throw new GateException("the two have no metric in common that could be predicted");
        }
        notes.add(
                "latencies are not judged: a model predicts counts, and latencies only as far as its assumptions hold");
        rows.sort(Comparator.comparing(Row::verdict).thenComparing(Row::metric));
    }

    private void decide() {
        if (!base.name().equals(candidate.name()) || !base.kind().equals(candidate.kind())) {
            throw new GateException("the base is of " + base.name() + " and the candidate of " + candidate.name()
                    + "; compare results of one scenario or suite");
        }
        List<MetricDescriptor> tested = new ArrayList<>();
        requireAll();
        base.descriptors().forEach((id, descriptor) -> {
            if (policy.ignores(id)) {
                return;
            }
            MetricDescriptor other = requireNonNull(candidate.descriptors().get(id));
            String why = whyNotComparable(descriptor, other);
            if (why != null) {
                rows.add(row(descriptor, kind(descriptor), Verdict.NOT_COMPARABLE, why));
            } else if (descriptor.precision() == Precision.EXACT) {
                rows.add(exact(descriptor));
            } else if (kind(descriptor) == Kind.ALLOCATION) {
                rows.add(allocation(descriptor));
            } else if (descriptor.better() != Better.NEITHER) {
                tested.add(descriptor);
            }
        });
        test(tested);
        rows.sort(Comparator.comparing(Row::verdict).thenComparing(Row::kind).thenComparing(Row::metric));
    }

    /** A metric that has gone is no pass: it may have failed, or somebody took it away. */
    private void requireAll() {
        List<String> missing = base.descriptors().keySet().stream()
                .filter(id -> !candidate.descriptors().containsKey(id) && !policy.ignores(id))
                .toList();
        if (!missing.isEmpty()) {
            throw new GateException("the candidate lacks "
                    + String.join(", ", missing.subList(0, Math.min(5, missing.size())))
                    + (missing.size() > 5 ? " and " + (missing.size() - 5) + " more" : "")
                    + "; run all that the base ran, or let the policy ignore it");
        }
        candidate.descriptors().keySet().stream()
                .filter(id -> !base.descriptors().containsKey(id))
                .forEach(id -> notes.add(id + " is new: the base has no such metric"));
    }

    private @Nullable String whyNotComparable(MetricDescriptor ours, MetricDescriptor theirs) {
        if (!ours.unit().equals(theirs.unit())) {
            return "measured in " + ours.unit() + " and in " + theirs.unit();
        }
        if (ours.better() != theirs.better() || ours.precision() != theirs.precision()) {
            return "not the same kind of metric in both";
        }
        String parameters = base.kind().equals(RunResult.BENCHMARK)
                ? difference(base.parameters(benchmark(ours) + " "), candidate.parameters(benchmark(ours) + " "))
                : difference(base.parameters(""), candidate.parameters(""));
        if (parameters != null) {
            return parameters;
        }
        if (ours.precision() == Precision.EXACT) {
            return null; // the same on any machine
        }
        return kind(ours) == Kind.ALLOCATION
                ? difference(base.jvm(), candidate.jvm())
                : difference(base.machine(), candidate.machine());
    }

    /** What an allocation was measured by is the benchmark of its name. */
    private static String benchmark(MetricDescriptor descriptor) {
        String name = descriptor.name();
        return name.endsWith(JmhJson.ALLOCATION)
                ? name.substring(0, name.length() - JmhJson.ALLOCATION.length()) + descriptor.labels()
                : descriptor.id();
    }

    private static @Nullable String difference(Map<String, String> ours, Map<String, String> theirs) {
        Map<String, String> all = new LinkedHashMap<>(ours);
        theirs.forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            String here = ours.getOrDefault(name, "unknown");
            String there = theirs.getOrDefault(name, "unknown");
            if (!here.equals(there) || here.contains(" and ")) {
                return name + " is " + here + " in the base and " + there + " in the candidate";
            }
        }
        return null;
    }

    private static Kind kind(MetricDescriptor descriptor) {
        if (descriptor.precision() == Precision.EXACT) {
            return Kind.EXACT;
        }
        return descriptor.name().endsWith(JmhJson.ALLOCATION) ? Kind.ALLOCATION : Kind.SAMPLED;
    }

    private Row row(MetricDescriptor descriptor, Kind kind, Verdict verdict, String reason) {
        String id = descriptor.id();
        return row(descriptor, kind, verdict, figure(base, id), figure(candidate, id), reason);
    }

    private static Row row(
            MetricDescriptor descriptor, Kind kind, Verdict verdict, double base, double candidate, String reason) {
        return new Row(
                descriptor.id(), descriptor.unit(), descriptor.better(), kind, verdict, base, candidate, reason, null);
    }

    /** The two sides may hold metrics of different kinds under one name: each is read by its own. */
    private static double figure(Side side, String id) {
        if (requireNonNull(side.descriptors().get(id)).precision() != Precision.EXACT) {
            return MEDIAN.evaluate(side.samples(id));
        }
        Metric metric = side.exact(id);
        if (metric instanceof HistogramMetric histogram) {
            return histogram.histogram().isEmpty() ? 0 : histogram.histogram().p99();
        }
        if (metric instanceof RangeMetric range) {
            return range.high();
        }
        return ((ValueMetric) metric).value();
    }

    /** Equal, in every bucket; where not, what is better may be told from the figure, and what is neither must not change. */
    private Row exact(MetricDescriptor descriptor) {
        Metric ours = base.exact(descriptor.id());
        Metric theirs = candidate.exact(descriptor.id());
        if (ours.equals(theirs)) {
            return row(descriptor, Kind.EXACT, Verdict.UNCHANGED, "equal");
        }
        double before = figure(base, descriptor.id());
        double after = figure(candidate, descriptor.id());
        boolean better = switch (descriptor.better()) {
            case LOWER -> after < before;
            case HIGHER -> after > before;
            case NEITHER -> false;
        };
        String what = ours instanceof HistogramMetric ? "its values differ" : "it differs";
        return row(
                descriptor,
                Kind.EXACT,
                better ? Verdict.IMPROVED : Verdict.REGRESSED,
                what + ", and is exact: the same scenario and seed gave the same before");
    }

    private Row allocation(MetricDescriptor descriptor) {
        double before = JmhJson.settled(figure(base, descriptor.id()));
        double after = JmhJson.settled(figure(candidate, descriptor.id()));
        double allowed = Math.max(ALLOCATION_BYTES, ALLOCATION_FRACTION * before);
        Verdict verdict = before == 0 && after > 0
                ? Verdict.REGRESSED
                : after > before + allowed
                        ? Verdict.REGRESSED
                        : after < before - allowed ? Verdict.IMPROVED : Verdict.UNCHANGED;
        return row(
                descriptor,
                Kind.ALLOCATION,
                verdict,
                before,
                after,
                before == 0 && after > 0
                        ? "allocates, and did not before"
                        : String.format(
                                Locale.ROOT,
                                "%s by more than %.0f B",
                                verdict == Verdict.UNCHANGED ? "not changed" : "changed",
                                allowed));
    }

    private void test(List<MetricDescriptor> tested) {
        List<MetricDescriptor> positive = new ArrayList<>();
        for (MetricDescriptor descriptor : tested) {
            if (Arrays.stream(base.samples(descriptor.id())).allMatch(each -> each > 0)
                    && Arrays.stream(candidate.samples(descriptor.id())).allMatch(each -> each > 0)) {
                positive.add(descriptor);
            } else {
                rows.add(row(descriptor, Kind.SAMPLED, Verdict.NOT_COMPARABLE, "a sample is 0: there is no ratio"));
            }
        }
        if (base.kind().equals(RunResult.RUN) && positive.stream().anyMatch(each -> !canFail(each, positive.size()))) {
            notes.add(positive.size() + " measured metrics were not tested: that takes " + forksNeeded(positive.size())
                    + " runs for each side");
            return;
        }
        positive.forEach(descriptor -> requireItCanFail(descriptor, positive.size()));
        List<Shift> shifts = positive.stream().map(this::shift).toList();
        double[] adjusted =
                Holm.adjust(shifts.stream().mapToDouble(Shift::pValue).toArray());
        for (int i = 0; i < positive.size(); i++) {
            rows.add(sampled(positive.get(i), shifts.get(i), adjusted[i]));
        }
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
                    + " in the candidate, which are no pairs; compare without --paired");
        }
        if (!canFail(descriptor, tests)) {
            throw new GateException(String.format(
                    Locale.ROOT,
                    "this comparison could not fail: %s has %d and %d forks, whose smallest p is %.2g, and with %d tests it"
                            + " must be below %.2g; take at least %d forks for each side, or %d pairs",
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
                MEDIAN.evaluate(before),
                MEDIAN.evaluate(after),
                reason(verdict, measured, certain),
                measured);
    }

    private static double fraction(double shift) {
        return StrictMath.exp(shift) - 1;
    }

    private static String reason(Verdict verdict, Measured measured, boolean certain) {
        return switch (verdict) {
            case REGRESSED, IMPROVED -> "certain, and more than what matters";
            case UNCHANGED -> "all of its interval is within what matters";
            default ->
                certain
                        ? "certain, but it may be less than what matters"
                        : String.format(
                                Locale.ROOT,
                                "too noisy: only a change of %.1f %% would have been seen for certain",
                                100 * measured.detectable());
        };
    }

    private List<Overlay> overlays() {
        List<Overlay> overlays = new ArrayList<>();
        base.distributions().forEach((id, ours) -> {
            Side.Distribution theirs = candidate.distributions().get(id);
            if (theirs != null && !policy.ignores(id) && !ours.equals(theirs)) {
                overlays.add(new Overlay(
                        id, ours.unit(), HistogramSnapshot.of(ours.values()), HistogramSnapshot.of(theirs.values())));
            }
        });
        return overlays;
    }

    private Map<String, String> sharedEnvironment() {
        SortedMap<String, String> shared = new TreeMap<>(base.machine());
        shared.entrySet().retainAll(candidate.machine().entrySet());
        return shared;
    }
}
