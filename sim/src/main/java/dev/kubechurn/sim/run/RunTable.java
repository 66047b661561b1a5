package dev.kubechurn.sim.run;

import dev.kubechurn.reports.render.Bytes;
import dev.kubechurn.reports.render.Counts;
import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.reports.render.Presentation;
import dev.kubechurn.reports.render.ResultSummary;
import dev.kubechurn.reports.render.SummaryLine;
import dev.kubechurn.reports.render.TableLayout;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the result of a run is laid out on a terminal. */
public final class RunTable {

    private RunTable() {}

    /** The layout for this result, with the given lines at its end. */
    public static Presentation of(RunResult result, List<SummaryLine> closing) {
        Labels call = Labels.of("from", "call");
        Labels due = Labels.of("from", "due");
        TableLayout table = TableLayout.of(
                new TableLayout.Row("registration.latency", call, "registerPod"),
                new TableLayout.Row("registration.latency", due, "  from when it was due"),
                new TableLayout.Row("lookup.latency", call, "getConfigMap, getSecret"),
                new TableLayout.Row("lookup.latency", Labels.of("from", "memory"), "  those from memory"),
                new TableLayout.Row("lookup.latency", due, "  from when it was due"),
                new TableLayout.Row("resolve.latency", call, "environment of a container"),
                new TableLayout.Row("resolve.latency", due, "  from when it was due"),
                new TableLayout.Row("propagation.latency", Labels.NONE, "update → kubelet"),
                new TableLayout.Row("visible.latency", Labels.NONE, "update → volume"),
                new TableLayout.Row("sync.latency", Labels.NONE, "first value of an object"),
                new TableLayout.Row("staleness", Labels.NONE, "staleness of reads"));
        List<SummaryLine> lines = new ArrayList<>();
        lines.add(new SummaryLine("API server", serverLoad(result)));
        String ofChecks = ofChecks(result);
        if (!ofChecks.isEmpty()) {
            lines.add(new SummaryLine("of checks", ofChecks));
        }
        lines.add(new SummaryLine("watches", watches(result)));
        if (result.metric(ServerFigures.PREFIX + "watches").isPresent()) {
            lines.add(new SummaryLine("server says", ofTheServer(result)));
        }
        lines.addAll(ModelLines.of(result));
        lines.add(new SummaryLine("pods", pods(result)));
        String faults = faults(result);
        if (!faults.isEmpty()) {
            lines.add(new SummaryLine("faults", faults));
        }
        if (result.metric(EngineSpeed.WALL).isPresent()) {
            lines.add(new SummaryLine("engine", engine(result)));
        }
        if (result.metric("process.heap", Labels.of("at", "end")).isPresent()) {
            lines.add(new SummaryLine("process", process(result)));
        }
        lines.addAll(ResultSummary.checks(result));
        lines.addAll(ResultSummary.digest(result));
        lines.addAll(ResultSummary.notes(result));
        return Presentation.of(table).with(lines).with(closing);
    }

    private static String serverLoad(RunResult result) {
        return String.format(
                Locale.ROOT,
                "%s list · %s watch · %s get · peak %s requests/s · %s events%s",
                count(result, "apiserver.requests", "list"),
                count(result, "apiserver.requests", "watch"),
                count(result, "apiserver.requests", "get"),
                Counts.exact(Math.round(value(result, "apiserver.requests.peak", Labels.NONE))),
                count(result, "apiserver.events"),
                result.metric("apiserver.bytes", Labels.NONE).isEmpty()
                        ? ""
                        : " · " + Bytes.format((long) value(result, "apiserver.bytes", Labels.NONE)));
    }

    /** What reached the server after the load. Empty: nothing did. */
    static String ofChecks(RunResult result) {
        String requests = Stream.of("list", "watch", "get")
                .filter(verb -> value(result, ServerLoad.OF_CHECKS + "requests", Labels.of("verb", verb)) > 0)
                .map(verb -> count(result, ServerLoad.OF_CHECKS + "requests", verb) + " " + verb)
                .collect(Collectors.joining(" · "));
        return requests.isEmpty() ? "" : requests + " more after the load, while the checks are made";
    }

    private static String watches(RunResult result) {
        return count(result, "apiserver.watches.peak") + " at peak · " + count(result, "apiserver.watches.end")
                + " at the end · " + count(result, "reflector.reconnects") + " reconnects · "
                + count(result, "reflector.relists") + " relists";
    }

    /** Whoever asked: this run, other clients, and what shards ask beside their kubelets. */
    private static String ofTheServer(RunResult result) {
        String own = ServerFigures.PREFIX;
        return count(result, own + "requests", "list") + " list · " + count(result, own + "requests", "watch")
                + " watch · " + count(result, own + "requests", "get") + " get · " + count(result, own + "watches")
                + " watches when the load ended · " + count(result, own + "events") + " events · "
                + Bytes.format((long) value(result, own + "bytes", Labels.NONE));
    }

    private static String pods(RunResult result) {
        return count(result, "pods") + " pods · " + count(result, "references") + " references to "
                + count(result, "entries") + " objects on their nodes · " + count(result, "updates") + " updates · "
                + deletions(result)
                + count(result, "mount.failed") + " failed mounts and " + count(result, "resolve.failed")
                + " failed starts, tried again";
    }

    private static String deletions(RunResult result) {
        return result.metric("deletions", Labels.NONE).isPresent() ? count(result, "deletions") + " deletions · " : "";
    }

    static String faults(RunResult result) {
        return result.metrics().stream()
                .filter(metric -> metric.descriptor().name().equals("faults.struck"))
                .map(metric -> metric.descriptor().labels().values().get("fault") + " × "
                        + Counts.exact((long) ((ValueMetric) metric).value()))
                .collect(Collectors.joining(" · "));
    }

    /** From before the server and its clients came up to after they were closed. */
    private static String process(RunResult result) {
        return "threads " + fromTo(result, "process.threads", Counts::exact) + " · descriptors "
                + fromTo(result, "process.descriptors", Counts::exact) + " · live heap "
                + fromTo(result, "process.heap", Bytes::format) + ", before and after all";
    }

    private static String fromTo(RunResult result, String metric, LongFunction<String> text) {
        return text.apply((long) value(result, metric, Labels.of("at", "start"))) + " → "
                + text.apply((long) value(result, metric, Labels.of("at", "end")));
    }

    private static String engine(RunResult result) {
        return String.format(
                Locale.ROOT,
                "%s events in %s of wall time · %s events/s · %s deliveries/s · %s lookups/s · ×%s",
                count(result, "engine.events"),
                Durations.format(value(result, EngineSpeed.WALL, Labels.NONE)),
                speed(result, "events"),
                speed(result, "deliveries"),
                speed(result, "lookups"),
                Counts.measured(value(result, EngineSpeed.RATIO, Labels.NONE)));
    }

    private static String speed(RunResult result, String work) {
        return Counts.exact(Math.round(value(result, EngineSpeed.SPEED, Labels.of("of", work))));
    }

    private static String count(RunResult result, String metric) {
        return Counts.exact((long) value(result, metric, Labels.NONE));
    }

    private static String count(RunResult result, String metric, String verb) {
        return Counts.exact((long) value(result, metric, Labels.of("verb", verb)));
    }

    private static double value(RunResult result, String metric, Labels labels) {
        return result.metric(metric, labels)
                .map(found -> ((ValueMetric) found).value())
                .orElse(0.0);
    }
}
