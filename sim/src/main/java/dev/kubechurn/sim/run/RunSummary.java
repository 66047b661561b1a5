package dev.kubechurn.sim.run;

import dev.kubechurn.reports.render.Bytes;
import dev.kubechurn.reports.render.Counts;
import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.reports.render.ResultSummary;
import dev.kubechurn.reports.render.SummaryLine;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.CheckResult.Outcome;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.reports.text.Paint;
import dev.kubechurn.reports.text.Paragraph;
import dev.kubechurn.reports.text.Screen;
import dev.kubechurn.reports.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The result of a run on one screen: the answer, the figures that decide, the checks, and where the rest is. */
public final class RunSummary {

    private static final int KEY_WIDTH = "update → kubelet".length();
    private static final int MESSAGE = 180;
    private static final int NAMED = 3;
    private static final int KINDS = 3;

    /** Enough to tell two digests apart by eye. */
    private static final int DIGEST = 12;

    private final RunResult result;
    private final Screen screen;

    private RunSummary(RunResult result, Paint paint) {
        this.result = result;
        this.screen = new Screen(paint, KEY_WIDTH, Screen.LINES);
    }

    /**
     * The text, each line with its end.
     *
     * @param middle what stands in place of the figures, such as a table of costs; empty for the figures
     * @param closing paths and commands
     */
    public static String text(RunResult result, Paint paint, List<String> middle, List<SummaryLine> closing) {
        return new RunSummary(result, paint).text(middle, closing);
    }

    private String text(List<String> middle, List<SummaryLine> closing) {
        screen.sentence(RunSentence.of(result)).gap();
        String partial = result.partialReason();
        if (partial != null) {
            screen.row("partial", partial, Tone.WARNING);
        }
        if (middle.isEmpty()) {
            latency("update → volume", "visible.latency");
            latency("update → kubelet", "propagation.latency");
            load();
        } else {
            screen.lines(middle).gap();
        }
        troubles();
        faults();
        checks();
        if (result.digest() != null) {
            screen.optional("digest", "sha256 " + result.digest().substring(0, DIGEST) + "…");
        }
        ResultSummary.notes(result).forEach(note -> screen.optional(note.key(), note.text()));
        screen.gap();
        closing.forEach(line -> screen.path(line.key(), line.text()));
        return screen.text();
    }

    private void latency(String title, String metric) {
        histogram(metric)
                .ifPresent(values -> screen.row(
                        title,
                        "p50 " + Durations.format(values.p50()) + " · p99 " + Durations.format(values.p99()) + " · max "
                                + Durations.format(values.max())));
    }

    private void load() {
        List<String> watches = new ArrayList<>();
        watches.add(count("apiserver.watches.peak") + " at peak");
        watches.add(count("apiserver.watches.end") + " at the end");
        some(watches, "reflector.reconnects", "reconnect", "reconnects");
        some(watches, "reflector.relists", "relist", "relists");
        screen.row("open watches", String.join(" · ", watches));
        screen.row(
                "requests",
                verb("list") + " list · " + verb("watch") + " watch · " + verb("get") + " get · peak "
                        + count("apiserver.requests.peak") + "/s");
        screen.row(
                "watch events",
                count("apiserver.events")
                        + (result.metric("apiserver.bytes", Labels.NONE).isEmpty()
                                ? ""
                                : " · " + Bytes.format(value("apiserver.bytes")) + " sent"));
        result.metric("memory.watches")
                .map(RangeMetric.class::cast)
                .filter(range -> range.high() > 0)
                .ifPresent(range -> screen.optional(
                        "server memory",
                        Bytes.format(range.low()) + " to " + Bytes.format(range.high()) + " for watches at peak"));
    }

    /** What went wrong on the way and must not be overlooked; nothing where all went well. */
    private void troubles() {
        List<String> failed = new ArrayList<>();
        some(failed, "mount.failed", "mount", "mounts");
        some(failed, "resolve.failed", "container start", "container starts");
        if (!failed.isEmpty()) {
            screen.row("failed", String.join(" · ", failed) + ", all retried", Tone.WARNING);
        }
        List<String> limits = new ArrayList<>();
        some(limits, "apiserver.rejected", "request rejected with 429", "requests rejected with 429");
        some(limits, "connection.streams.waiting", "watch without a stream", "watches without a stream");
        some(limits, "nodestatus.missed", "node status missed", "node statuses missed");
        if (!limits.isEmpty()) {
            screen.row("limits hit", String.join(" · ", limits), Tone.WARNING);
        }
        histogram("kubelet.throttled")
                .ifPresent(waits -> screen.optional(
                        "throttled",
                        Counts.exact(waits.count()) + " requests by the kubelets' own limit, p99 "
                                + Durations.format(waits.p99())));
    }

    private void some(List<String> texts, String metric, String one, String many) {
        long value = value(metric);
        if (value > 0) {
            texts.add(Counts.exact(value) + " " + (value == 1 ? one : many));
        }
    }

    private void faults() {
        String faults = RunTable.faults(result);
        if (!faults.isEmpty()) {
            String[] kinds = faults.split(" · ");
            screen.row(
                    "faults",
                    kinds.length <= KINDS
                            ? faults
                            : String.join(" · ", List.of(kinds).subList(0, KINDS)) + " · " + (kinds.length - KINDS)
                                    + " more kinds");
        }
    }

    private void checks() {
        SummaryLine outcome = ResultSummary.checks(result).get(0);
        screen.row(outcome.key(), outcome.text(), tone());
        List<CheckResult> violated = result.checks().stream()
                .filter(check -> check.outcome() == Outcome.VIOLATED)
                .toList();
        if (violated.isEmpty()) {
            return;
        }
        screen.row(
                "violated",
                violated.stream()
                                .limit(NAMED)
                                .map(check -> check.name() + " (" + Counts.exact(check.violations()) + ")")
                                .collect(Collectors.joining(", "))
                        + (violated.size() > NAMED ? " and " + (violated.size() - NAMED) + " more checks" : ""),
                Tone.BAD);
        violated.stream()
                .flatMap(check -> check.messages().stream().limit(1))
                .forEach(message -> screen.optional("", Paragraph.cut(message, MESSAGE)));
    }

    private Tone tone() {
        if (result.violations() > 0) {
            return Tone.BAD;
        }
        return result.checks().isEmpty() ? Tone.WARNING : Tone.GOOD;
    }

    private String verb(String verb) {
        return Counts.exact(value("apiserver.requests", Labels.of("verb", verb)));
    }

    private String count(String metric) {
        return Counts.exact(value(metric));
    }

    private long value(String metric) {
        return value(metric, Labels.NONE);
    }

    private long value(String metric, Labels labels) {
        return result.metric(metric, labels)
                .filter(ValueMetric.class::isInstance)
                .map(found -> Math.round(((ValueMetric) found).value()))
                .orElse(0L);
    }

    private Optional<HistogramSnapshot> histogram(String metric) {
        return result.metric(metric, Labels.NONE)
                .filter(HistogramMetric.class::isInstance)
                .map(found -> ((HistogramMetric) found).histogram())
                .filter(values -> !values.isEmpty());
    }
}
