package dev.kubechurn.reports.result;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run or benchmark found; immutable, equal by value, and all that a report or a comparison needs.
 *
 * @param schemaVersion of the JSON format; only {@link #SCHEMA_VERSION} can be built
 * @param kind what was done: {@link #RUN}, {@link #BENCHMARK}
 * @param name of the scenario or benchmark suite; two results are compared only when it is the same
 * @param title one line for people; may be empty
 * @param started when it began, by the wall clock
 * @param durationNanos how long it took, by the run's own clock, which may be a virtual one
 * @param partialReason why the run ended before its time; null when it did not
 * @param digest of all that must be the same on every machine, after {@link ResultDigest}; null for a run in wall time,
 *     where nothing must, and for a partial one
 * @param environment what it ran on, in order; results of different environments may not be comparable
 * @param parameters what it was told to do, in order: the effective values, defaults included
 * @param metrics sorted by name, then labels; no two with both equal
 * @param series sorted like the metrics
 * @param breakdowns what figures are made of, in the order given
 * @param checks in the order given
 * @param notes what a reader must know to read the figures rightly, one line each
 */
public record RunResult(
        int schemaVersion,
        String kind,
        String name,
        String title,
        Instant started,
        long durationNanos,
        @Nullable String partialReason,
        @Nullable String digest,
        Map<String, String> environment,
        Map<String, String> parameters,
        List<Metric> metrics,
        List<Series> series,
        List<Breakdown> breakdowns,
        List<CheckResult> checks,
        List<String> notes) {

    public static final int SCHEMA_VERSION = 1;
    public static final String RUN = "run";
    public static final String BENCHMARK = "benchmark";

    public RunResult {
        if (schemaVersion != SCHEMA_VERSION) {
            throw new IllegalArgumentException("schemaVersion " + schemaVersion + " is not " + SCHEMA_VERSION);
        }
        Names.requireName("kind", kind);
        Names.requireLine("name", name);
        Names.requireLine("title", title);
        if (durationNanos < 0) {
            throw new IllegalArgumentException("durationNanos must not be negative, but is " + durationNanos);
        }
        if (partialReason != null) {
            Names.requireLine("partialReason", partialReason);
        }
        if (digest != null) {
            ResultDigest.require(digest);
            if (partialReason != null) {
                throw new IllegalArgumentException(
                        "a partial result cannot have a digest, because where it ended is random");
            }
        }
        environment = ordered("environment", environment);
        parameters = ordered("parameters", parameters);
        metrics = sorted(metrics, "metric", metric -> metric.name(), Metric::labels);
        series = sorted(series, "series", Series::name, Series::labels);
        breakdowns = List.copyOf(breakdowns);
        checks = List.copyOf(checks);
        notes = List.copyOf(notes);
        notes.forEach(note -> Names.requireLine("note", note));
    }

    public static RunResultBuilder builder(String kind, String name) {
        return new RunResultBuilder(kind, name);
    }

    /** The run ended before its time; {@link #partialReason()} says why. */
    public boolean partial() {
        return partialReason != null;
    }

    /** This result under its digest. */
    RunResult digested() {
        return with(ResultDigest.of(this), metrics);
    }

    /** This result with more metrics; its digest stays, so none of them may be exact. */
    public RunResult withSampled(List<Metric> more) {
        more.forEach(metric -> {
            if (metric.descriptor().precision() == Precision.EXACT) {
                throw new IllegalArgumentException(
                        metric.descriptor().id() + " is exact, so the digest must include it");
            }
        });
        return with(digest, Stream.concat(metrics.stream(), more.stream()).toList());
    }

    private RunResult with(@Nullable String newDigest, List<Metric> newMetrics) {
        return new RunResult(
                schemaVersion,
                kind,
                name,
                title,
                started,
                durationNanos,
                partialReason,
                newDigest,
                environment,
                parameters,
                newMetrics,
                series,
                breakdowns,
                checks,
                notes);
    }

    /** The metric of that name that has no labels. */
    public Optional<Metric> metric(String metricName) {
        return metric(metricName, Labels.NONE);
    }

    public Optional<Metric> metric(String metricName, Labels labels) {
        return metrics.stream()
                .filter(metric ->
                        metric.name().equals(metricName) && metric.labels().equals(labels))
                .findFirst();
    }

    /** All metrics of that name, in order of their labels. */
    public List<Metric> metrics(String metricName) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(metricName))
                .toList();
    }

    public Optional<Series> series(String seriesName, Labels labels) {
        return series.stream()
                .filter(one -> one.name().equals(seriesName) && one.labels().equals(labels))
                .findFirst();
    }

    /** What a figure is made of, if that was counted. */
    public Optional<Breakdown> breakdown(String breakdownName) {
        return breakdowns.stream()
                .filter(one -> one.name().equals(breakdownName))
                .findFirst();
    }

    /** Of all checks together. */
    public long violations() {
        return checks.stream().mapToLong(CheckResult::violations).sum();
    }

    /** No check was violated. */
    public boolean checksHeld() {
        return checks.stream().noneMatch(check -> check.outcome() == CheckResult.Outcome.VIOLATED);
    }

    private static Map<String, String> ordered(String what, Map<String, String> map) {
        map.forEach((key, value) -> {
            Names.requireLine(what, key);
            Names.requireLine(what + "." + key, value);
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private static <T> List<T> sorted(
            List<T> items, String what, Function<T, String> name, Function<T, Labels> labels) {
        Comparator<T> byId = Comparator.comparing(name).thenComparing(labels);
        List<T> sorted = items.stream().sorted(byId).toList();
        for (int i = 1; i < sorted.size(); i++) {
            T item = sorted.get(i);
            if (byId.compare(sorted.get(i - 1), item) == 0) {
                throw new IllegalArgumentException(what + " " + name.apply(item) + labels.apply(item)
                        + " is duplicated; add a label that distinguishes the two");
            }
        }
        return sorted;
    }
}
