package dev.kubechurn.reports.result;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link RunResult} in the making; for one thread. */
public final class RunResultBuilder {

    private final String kind;
    private final String name;
    private String title = "";
    private Instant started = Instant.EPOCH;
    private Duration duration = Duration.ZERO;
    private @Nullable String partialReason;
    private boolean digested;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final List<Metric> metrics = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();
    private final List<Breakdown> breakdowns = new ArrayList<>();
    private final List<CheckResult> checks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    RunResultBuilder(String kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    public RunResultBuilder title(String line) {
        title = line;
        return this;
    }

    public RunResultBuilder started(Instant wallClock) {
        started = wallClock;
        return this;
    }

    public RunResultBuilder duration(Duration ownClock) {
        duration = ownClock;
        return this;
    }

    /** Says that the run ended before its time, and why. */
    public RunResultBuilder partial(String reason) {
        partialReason = reason;
        return this;
    }

    /** Says that all exact figures are the same on every machine: the result gets its {@link ResultDigest}. */
    public RunResultBuilder digested() {
        digested = true;
        return this;
    }

    public RunResultBuilder environment(Map<String, String> facts) {
        environment.putAll(facts);
        return this;
    }

    public RunResultBuilder parameters(Map<String, String> effective) {
        parameters.putAll(effective);
        return this;
    }

    public RunResultBuilder parameter(String key, String effective) {
        parameters.put(key, effective);
        return this;
    }

    public RunResultBuilder metric(Metric metric) {
        metrics.add(metric);
        return this;
    }

    public RunResultBuilder metrics(Collection<? extends Metric> more) {
        metrics.addAll(more);
        return this;
    }

    public RunResultBuilder value(MetricDescriptor descriptor, double value) {
        metrics.add(new ValueMetric(descriptor, value));
        return this;
    }

    public RunResultBuilder value(MetricDescriptor descriptor, long value) {
        metrics.add(new ValueMetric(descriptor, value));
        return this;
    }

    public RunResultBuilder series(Series one) {
        series.add(one);
        return this;
    }

    public RunResultBuilder breakdown(Breakdown one) {
        breakdowns.add(one);
        return this;
    }

    public RunResultBuilder check(CheckResult check) {
        checks.add(check);
        return this;
    }

    public RunResultBuilder note(String line) {
        notes.add(line);
        return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a part breaks the rules of {@link RunResult}
     */
    public RunResult build() {
        RunResult result = new RunResult(
                RunResult.SCHEMA_VERSION,
                kind,
                name,
                title,
                started,
                duration.toNanos(),
                partialReason,
                null,
                environment,
                parameters,
                metrics,
                series,
                breakdowns,
                checks,
                notes);
        return digested ? result.digested() : result;
    }
}
