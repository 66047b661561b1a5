package dev.kubechurn.sim.merge;

import dev.kubechurn.reports.result.Breakdown;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.sim.merge.Parts.Part;
import dev.kubechurn.sim.run.HeldWatches;
import dev.kubechurn.sim.shard.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the results of the shards of one run together, as if one process had made it. */
public final class RunMerge {

    private static final String VERSION = "kubechurn";

    /** Of the environment: what tells a shard from the others. */
    private static final Set<String> OWN = Set.of(Shard.FACT);

    /** A percentile of all cannot be had from those of the parts: the worst is told. */
    private static final String WORST = "propagation.p99";

    private final Parts<RunResult> parts;
    private final Instant begin;
    private final List<String> leftOut = new ArrayList<>();

    private RunMerge(Parts<RunResult> parts) {
        this.parts = parts;
        this.begin = parts.contents().stream()
                .map(RunResult::started)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * The result of all.
     *
     * @param results by where they come from
     * @throws MergeException if they are no shards of one run, or one is missing or there twice
     */
    public static RunResult of(Map<Path, RunResult> results) {
        List<Part<RunResult>> parts = new ArrayList<>();
        results.forEach((source, result) -> parts.add(new Part<>(source, shard(source, result), result)));
        parts.forEach(part -> requireSame(parts.get(0), part));
        return new RunMerge(Parts.of(parts)).merged();
    }

    private static Shard shard(Path source, RunResult result) {
        String shard = result.environment().get(Shard.FACT);
        if (!result.kind().equals(RunResult.RUN) || shard == null) {
            throw new MergeException(source + " is the result of a "
                    + (result.kind().equals(RunResult.RUN) ? "whole run" : result.kind())
                    + ", not a shard of a run; give results of run --shard");
        }
        try {
            return Shard.parse(shard);
        } catch (IllegalArgumentException e) {
            throw new MergeException(source + ": environment." + Shard.FACT + ": " + e.getMessage());
        }
    }

    private static void requireSame(Part<RunResult> one, Part<RunResult> other) {
        RunResult a = one.content();
        RunResult b = other.content();
        requireSame(one, other, "scenarios", a.name(), b.name());
        Set<String> names = new TreeSet<>(a.parameters().keySet());
        names.addAll(b.parameters().keySet());
        names.forEach(name -> requireSame(
                one,
                other,
                "values of " + name,
                a.parameters().get(name),
                b.parameters().get(name)));
        requireSame(
                one,
                other,
                "versions",
                a.environment().get(VERSION),
                b.environment().get(VERSION));
        requireSame(
                one,
                other,
                "runs",
                a.environment().get(Shard.RUN),
                b.environment().get(Shard.RUN));
        requireSame(
                one,
                other,
                "manifests",
                a.environment().get(Shard.FINGERPRINT),
                b.environment().get(Shard.FINGERPRINT));
    }

    private static void requireSame(Part<?> one, Part<?> other, String what, @Nullable Object a, @Nullable Object b) {
        if (!Objects.equals(a, b)) {
            throw new MergeException(one.title() + " and " + other.title() + " have different " + what + ": " + a
                    + " and " + b + "; give the shards of one run");
        }
    }

    private RunResult merged() {
        RunResult first = parts.first().content();
        RunResultBuilder result = RunResult.builder(first.kind(), first.name())
                .title(first.title())
                .started(begin)
                .duration(duration())
                .environment(environment())
                .parameters(first.parameters());
        partialReason().ifPresent(result::partial);
        result.metrics(metrics());
        Collection<List<SeriesMerge.Shifted>> series = series().values();
        series.forEach(all -> result.series(together(all)));
        HeldWatches.together(breakdowns()).ifPresent(result::breakdown);
        checks().forEach(result::check);
        notes().forEach(result::note);
        return result.build();
    }

    private long lateNanos(RunResult part) {
        return Duration.between(begin, part.started()).toNanos();
    }

    private Duration duration() {
        return Duration.ofNanos(parts.contents().stream()
                .mapToLong(part -> lateNanos(part) + part.durationNanos())
                .max()
                .orElseThrow());
    }

    /** What differs between machines is told of all of them. */
    private Map<String, String> environment() {
        Map<String, Set<String>> facts = new LinkedHashMap<>();
        for (RunResult part : parts.contents()) {
            part.environment()
                    .forEach((name, value) -> facts.computeIfAbsent(name, any -> new LinkedHashSet<>())
                            .add(value));
        }
        Map<String, String> united = new LinkedHashMap<>();
        facts.forEach((name, values) -> {
            if (!OWN.contains(name)) {
                united.put(name, String.join(" | ", values));
            }
        });
        united.put("shards", Integer.toString(parts.all().size()));
        return united;
    }

    private Optional<String> partialReason() {
        List<String> reasons = new ArrayList<>();
        for (Part<RunResult> part : parts.all()) {
            String reason = part.content().partialReason();
            if (reason != null) {
                reasons.add("shard " + part.shard() + ": " + reason);
            }
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    private List<Metric> metrics() {
        Map<String, List<Metric>> byId = new LinkedHashMap<>();
        List<Metric> all = new ArrayList<>();
        for (RunResult part : parts.contents()) {
            all.addAll(part.metrics());
            part.metrics()
                    .forEach(metric -> byId.computeIfAbsent(metric.descriptor().id(), any -> new ArrayList<>())
                            .add(metric));
        }
        List<Series> aligned = series().values().stream().map(this::together).toList();
        List<Metric> merged = new ArrayList<>(new Peaks(aligned, all).all());
        byId.forEach((id, metrics) -> {
            if (!Peaks.tells(metrics.get(0).name())) {
                MetricMerge.of(metrics).ifPresentOrElse(merged::add, () -> leftOut.add(id));
            }
        });
        return merged;
    }

    /** All series of one name and labels. */
    private Map<String, List<SeriesMerge.Shifted>> series() {
        Map<String, List<SeriesMerge.Shifted>> byId = new LinkedHashMap<>();
        for (RunResult part : parts.contents()) {
            part.series()
                    .forEach(series -> byId.computeIfAbsent(series.id(), any -> new ArrayList<>())
                            .add(new SeriesMerge.Shifted(series, lateNanos(part))));
        }
        return byId;
    }

    private Series together(List<SeriesMerge.Shifted> all) {
        DoubleBinaryOperator together = all.get(0).series().name().equals(WORST) ? Math::max : Double::sum;
        return SeriesMerge.of(all, together);
    }

    private List<Breakdown> breakdowns() {
        return parts.contents().stream()
                .flatMap(part -> part.breakdown(HeldWatches.NAME).stream())
                .toList();
    }

    private List<CheckResult> checks() {
        Map<String, CheckResult> united = new LinkedHashMap<>();
        for (Part<RunResult> part : parts.all()) {
            for (CheckResult check : part.content().checks()) {
                CheckResult told = toldBy(part, check);
                united.merge(check.name(), told, RunMerge::united);
            }
        }
        return List.copyOf(united.values());
    }

    private static CheckResult toldBy(Part<?> part, CheckResult check) {
        List<String> messages = check.messages().stream()
                .map(message -> "shard " + part.shard() + ": " + message)
                .toList();
        return new CheckResult(check.name(), check.outcome(), check.violations(), messages);
    }

    /** A violation of one is one of all; what one could not tell nobody can, unless it is violated elsewhere. */
    private static CheckResult united(CheckResult a, CheckResult b) {
        List<String> messages = new ArrayList<>(a.messages());
        messages.addAll(b.messages());
        if (a.violations() + b.violations() > 0) {
            return CheckResult.violated(a.name(), a.violations() + b.violations(), messages);
        }
        return a.held() && b.held() ? a : new CheckResult(a.name(), CheckResult.Outcome.NOT_CHECKED, 0, messages);
    }

    private List<String> notes() {
        Map<String, List<Shard>> byNote = new LinkedHashMap<>();
        for (Part<RunResult> part : parts.all()) {
            part.content()
                    .notes()
                    .forEach(note -> byNote.computeIfAbsent(note, any -> new ArrayList<>())
                            .add(part.shard()));
        }
        List<String> notes = new ArrayList<>();
        byNote.forEach((note, shards) -> notes.add(
                shards.size() == parts.all().size()
                        ? note
                        : "shard "
                                + String.join(
                                        ", ",
                                        shards.stream().map(Shard::toString).toList()) + ": " + note));
        if (parts.all().size() > 1) {
            notes.add("merged from " + parts.all().size()
                    + " shards: a peak is the highest sum of their samples per second," + " and " + WORST
                    + " over time is that of the worst shard");
        }
        if (!leftOut.isEmpty()) {
            notes.add("left out, because it cannot be merged: " + String.join(", ", leftOut));
        }
        return notes;
    }
}
