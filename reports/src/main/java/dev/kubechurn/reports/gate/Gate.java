package dev.kubechurn.reports.gate;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.gate.Comparison.Overlay;
import dev.kubechurn.reports.gate.Row.Kind;
import dev.kubechurn.reports.result.Better;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.JmhJson;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.Precision;
import dev.kubechurn.reports.result.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides a comparison. A measured metric is red or green only when both hold: its p-value, corrected for all that are tested,
 * is below alpha, and the whole interval of its change is beyond what matters. For one comparison.
 */
public final class Gate {

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
        SampledTests.requirePairs(pairs, tests, policy);
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
            throw new GateException("the prediction and the measurement are of different scenarios: "
                    + (difference == null ? base.name() + " and " + candidate.name() : difference));
        }
        base.descriptors().forEach((id, descriptor) -> {
            if (predictable.matcher(id).find() && candidate.descriptors().containsKey(id)) {
                boolean agrees = base.figure(id) == candidate.figure(id);
                rows.add(row(
                        descriptor,
                        Kind.EXACT,
                        agrees ? Verdict.UNCHANGED : Verdict.REGRESSED,
                        agrees ? "as predicted" : "not as predicted"));
            }
        });
        if (rows.isEmpty()) {
            throw new GateException("the results have no predictable metric in common");
        }
        notes.add("latencies are not judged: the model predicts counts, but latencies depend on its assumptions");
        rows.sort(Comparator.comparing(Row::verdict).thenComparing(Row::metric));
    }

    private void decide() {
        if (!base.name().equals(candidate.name()) || !base.kind().equals(candidate.kind())) {
            throw new GateException("the base is of " + base.name() + " and the candidate of " + candidate.name()
                    + "; compare results of the same scenario or suite");
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
        rows.addAll(new SampledTests(base, candidate, policy, paired, notes::add).rows(tested));
        rows.sort(Comparator.comparing(Row::verdict).thenComparing(Row::kind).thenComparing(Row::metric));
    }

    /** A metric that has gone is no pass: it may have failed, or somebody took it away. */
    private void requireAll() {
        List<String> missing = base.descriptors().keySet().stream()
                .filter(id -> !candidate.descriptors().containsKey(id) && !policy.ignores(id))
                .toList();
        if (!missing.isEmpty()) {
            throw new GateException("the candidate is missing "
                    + String.join(", ", missing.subList(0, Math.min(5, missing.size())))
                    + (missing.size() > 5 ? " and " + (missing.size() - 5) + " more" : "")
                    + "; run everything that the base ran, or ignore the metric in the policy");
        }
        candidate.descriptors().keySet().stream()
                .filter(id -> !base.descriptors().containsKey(id))
                .forEach(id -> notes.add(id + " is new: the base does not have it"));
    }

    private @Nullable String whyNotComparable(MetricDescriptor ours, MetricDescriptor theirs) {
        if (!ours.unit().equals(theirs.unit())) {
            return "different units: " + ours.unit() + " and " + theirs.unit();
        }
        if (ours.better() != theirs.better() || ours.precision() != theirs.precision()) {
            return "different kinds of metrics";
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
        return Row.untested(descriptor, kind, verdict, base.figure(id), candidate.figure(id), reason);
    }

    /** Equal, in every bucket; where not, what is better may be told from the figure, and what is neither must not change. */
    private Row exact(MetricDescriptor descriptor) {
        Metric ours = base.exact(descriptor.id());
        Metric theirs = candidate.exact(descriptor.id());
        if (ours.equals(theirs)) {
            return row(descriptor, Kind.EXACT, Verdict.UNCHANGED, "equal");
        }
        double before = base.figure(descriptor.id());
        double after = candidate.figure(descriptor.id());
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
                what + ", but exact metrics must be equal for the same scenario and seed");
    }

    private Row allocation(MetricDescriptor descriptor) {
        double before = JmhJson.settled(base.figure(descriptor.id()));
        double after = JmhJson.settled(candidate.figure(descriptor.id()));
        double allowed = Math.max(ALLOCATION_BYTES, ALLOCATION_FRACTION * before);
        Verdict verdict = before == 0 && after > 0
                ? Verdict.REGRESSED
                : after > before + allowed
                        ? Verdict.REGRESSED
                        : after < before - allowed ? Verdict.IMPROVED : Verdict.UNCHANGED;
        return Row.untested(
                descriptor,
                Kind.ALLOCATION,
                verdict,
                before,
                after,
                before == 0 && after > 0
                        ? "allocates, but did not before"
                        : String.format(
                                Locale.ROOT,
                                "%s by more than %.0f B",
                                verdict == Verdict.UNCHANGED ? "not changed" : "changed",
                                allowed));
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
