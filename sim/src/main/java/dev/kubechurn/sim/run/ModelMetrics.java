package dev.kubechurn.sim.run;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.sim.apiserver.virtual.NetworkFigures;
import dev.kubechurn.sim.apiserver.virtual.NetworkFigures.OfReplica;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/** What the model of the API server saw, as metrics: until the load ended. */
final class ModelMetrics {

    private final RunResultBuilder result;
    private final UnaryOperator<MetricDescriptor> precision;

    /** @param precision makes a metric as precise as those of the run are */
    ModelMetrics(RunResultBuilder result, UnaryOperator<MetricDescriptor> precision) {
        this.result = result;
        this.precision = precision;
    }

    void add(NetworkFigures figures) {
        List<OfReplica> replicas = figures.replicas();
        count("apiserver.inflight.peak", most(replicas, OfReplica::inFlightPeak));
        count("apiserver.queue.peak", most(replicas, OfReplica::queuePeak));
        count(
                "apiserver.rejected",
                replicas.stream().mapToLong(OfReplica::rejected).sum());
        for (int i = 0; i < replicas.size(); i++) {
            String replica = Integer.toString(i);
            result.value(
                    descriptor("apiserver.watches.peak").label("replica", replica),
                    replicas.get(i).watchesPeak());
            result.value(
                    descriptor("apiserver.watches.loadEnd").label("replica", replica),
                    replicas.get(i).watches());
        }
        count("kubelet.retries", figures.retries());
        histogram("kubelet.throttled", figures.throttled());
        count("connection.streams.peak", figures.streamsPeak());
        count("connection.streams.waiting", figures.waitingForStream());
        histogram("connection.streams.wait", figures.streamWaits());
        histogram("nodestatus.latency", figures.nodeStatus());
        count("nodestatus.missed", figures.nodeStatusMissed());
    }

    private static long most(List<OfReplica> replicas, ToIntFunction<OfReplica> figure) {
        return replicas.stream().mapToInt(figure).max().orElse(0);
    }

    private void count(String name, long value) {
        result.value(descriptor(name), value);
    }

    private MetricDescriptor descriptor(String name) {
        return precision.apply(MetricDescriptor.of(name, Unit.COUNT).lowerIsBetter());
    }

    private void histogram(String name, Histogram nanos) {
        result.metric(HistogramMetric.of(
                precision.apply(MetricDescriptor.of(name, Unit.NANOSECONDS).lowerIsBetter()), nanos));
    }
}
