package dev.kubechurn.sim.run;

import dev.kubechurn.reports.render.Bytes;
import dev.kubechurn.reports.render.Counts;
import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.reports.render.SummaryLine;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import java.util.ArrayList;
import java.util.List;

/** What a terminal shows of the server's model: a line for each limit that somebody felt, and the memory of watches. */
final class ModelLines {

    private final RunResult result;
    private final List<SummaryLine> lines = new ArrayList<>();

    private ModelLines(RunResult result) {
        this.result = result;
    }

    /** None for a run over HTTP. */
    static List<SummaryLine> of(RunResult result) {
        ModelLines model = new ModelLines(result);
        if (result.metric("apiserver.inflight.peak").isPresent()) {
            model.addMemory();
            model.addReplicas();
            model.addQueue();
            model.addTokens();
            model.addStreams();
            model.addNodeStatus();
        }
        return model.lines;
    }

    private void addMemory() {
        result.metric("memory.watches").map(RangeMetric.class::cast).ifPresent(range -> {
            if (range.high() > 0) {
                add(
                        "memory",
                        Bytes.format(range.low()) + " to " + Bytes.format(range.high())
                                + " for watches at peak; each KiB more per watch is "
                                + Bytes.format((double) value("memory.watches.perKiB")) + " more");
            }
        });
    }

    private void addReplicas() {
        List<String> peaks = new ArrayList<>();
        for (int i = 0; result.metric("apiserver.watches.peak", replica(i)).isPresent(); i++) {
            peaks.add(Counts.exact(value("apiserver.watches.peak", replica(i))));
        }
        if (peaks.size() > 1) {
            add("replicas", String.join(" · ", peaks) + " watches at peak");
        }
    }

    private static Labels replica(int index) {
        return Labels.of("replica", Integer.toString(index));
    }

    private void addQueue() {
        if (value("apiserver.queue.peak") > 0 || value("apiserver.rejected") > 0) {
            add(
                    "in flight",
                    count("apiserver.inflight.peak") + " at peak · " + count("apiserver.queue.peak")
                            + " in the queue at peak · " + count("apiserver.rejected") + " rejected with 429 · "
                            + count("kubelet.retries") + " sent again");
        }
    }

    private void addTokens() {
        HistogramSnapshot waits = histogram("kubelet.throttled");
        if (!waits.isEmpty()) {
            add("throttled", Counts.exact(waits.count()) + " lists and gets by their kubelets' qps" + figures(waits));
        }
    }

    private void addStreams() {
        HistogramSnapshot waits = histogram("connection.streams.wait");
        if (!waits.isEmpty() || value("connection.streams.waiting") > 0) {
            add(
                    "streams",
                    count("connection.streams.peak") + " of a connection at peak · " + Counts.exact(waits.count())
                            + " waits" + figures(waits) + " · " + count("connection.streams.waiting")
                            + " still waiting at the end");
        }
    }

    private void addNodeStatus() {
        if (value("nodestatus.missed") > 0) {
            HistogramSnapshot latencies = histogram("nodestatus.latency");
            lines.add(SummaryLine.alarm(
                    "node status",
                    count("nodestatus.missed") + " missed · " + Counts.exact(latencies.count()) + " answered"
                            + figures(latencies)));
        }
    }

    private static String figures(HistogramSnapshot nanos) {
        return nanos.isEmpty()
                ? ""
                : ", p50 " + Durations.format(nanos.p50()) + ", p99 " + Durations.format(nanos.p99()) + ", max "
                        + Durations.format(nanos.max());
    }

    private void add(String key, String text) {
        lines.add(new SummaryLine(key, text));
    }

    private String count(String metric) {
        return Counts.exact(value(metric));
    }

    private long value(String metric) {
        return value(metric, Labels.NONE);
    }

    private long value(String metric, Labels labels) {
        return result.metric(metric, labels)
                .map(found -> (long) ((ValueMetric) found).value())
                .orElse(0L);
    }

    private HistogramSnapshot histogram(String metric) {
        return ((HistogramMetric) result.metric(metric).orElseThrow()).histogram();
    }
}
