package dev.kubechurn.reports.gate;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.Precision;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.descriptive.Median;

/**
 * One side of a comparison: what one or several results say. Several results of one side are repetitions: each adds its forks,
 * or is one sample.
 */
final class Side {

    private static final Median MEDIAN = Median.withDefaults();

    /** What must be the same for measured figures to be comparable. */
    private static final List<String> MACHINE = List.of(
            "jdk", "jvm", "jmh", "arch", "os", "cpu", "cpus", "blackholes", "gc", "jvmArguments", "maxHeapBytes");

    private static final List<String> JVM = List.of("jdk", "jvm");

    private final String title;
    private final List<RunResult> results;
    private final SortedMap<String, MetricDescriptor> descriptors = new TreeMap<>();
    private final Map<String, Metric> exact = new LinkedHashMap<>();
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();
    private final SortedMap<String, Distribution> distributions = new TreeMap<>();
    private final Map<String, String> machine;
    private final Map<String, String> jvm;

    /** All values of one metric, those of several results together unless they are exact, and so the same in each. */
    record Distribution(Unit unit, Histogram values) {}

    /** @param title what to call it, such as base */
    Side(String title, List<RunResult> results) {
        this.title = title;
        this.results = List.copyOf(results);
        if (results.isEmpty()) {
            throw new GateException("no " + title + " is given: list results before and after --");
        }
        for (RunResult result : results) {
            RunResult first = results.get(0);
            if (!result.name().equals(first.name()) || !result.kind().equals(first.kind())) {
                throw new GateException("the " + title + "'s results are of " + first.name() + " and of "
                        + result.name() + "; compare results of the same scenario or suite");
            }
            result.metrics().forEach(this::add);
        }
        machine = shared(MACHINE);
        jvm = shared(JVM);
    }

    private void add(Metric metric) {
        MetricDescriptor descriptor = metric.descriptor();
        if (metric instanceof HistogramMetric histogram
                && !histogram.histogram().isEmpty()) {
            addHistogram(histogram);
        }
        if (descriptor.precision() == Precision.EXACT) {
            addExact(metric);
        } else if (metric instanceof SamplesMetric sampled) {
            for (double sample : sampled.samples()) {
                add(descriptor, sample);
            }
        } else if (metric instanceof ValueMetric value) {
            add(descriptor, value.value());
        } else if (metric instanceof HistogramMetric histogram
                && !histogram.histogram().isEmpty()) {
            add(histogram, "p50", HistogramSnapshot::p50);
            add(histogram, "p99", HistogramSnapshot::p99);
        } else if (metric instanceof RangeMetric) {
            // A range comes from other metrics by assumed numbers: it says nothing that they do not.
            return;
        }
    }

    private void addHistogram(HistogramMetric metric) {
        String id = metric.descriptor().id();
        Histogram values = metric.histogram().toHistogram();
        Distribution before = distributions.putIfAbsent(id, new Distribution(metric.unit(), values));
        if (before != null && metric.descriptor().precision() != Precision.EXACT) {
            before.values().setAutoResize(true);
            before.values().add(values);
        }
    }

    /** All values of each distribution, by name with labels; none is empty. */
    SortedMap<String, Distribution> distributions() {
        return distributions;
    }

    private void add(HistogramMetric metric, String quantile, ToLongFunction<HistogramSnapshot> figure) {
        MetricDescriptor descriptor = metric.descriptor();
        add(
                new MetricDescriptor(
                        descriptor.name() + "." + quantile,
                        descriptor.labels(),
                        descriptor.unit(),
                        descriptor.better(),
                        descriptor.precision()),
                (double) figure.applyAsLong(metric.histogram()));
    }

    private void add(MetricDescriptor descriptor, double sample) {
        descriptors.putIfAbsent(descriptor.id(), descriptor);
        samples.computeIfAbsent(descriptor.id(), any -> new ArrayList<>()).add(sample);
    }

    private void addExact(Metric metric) {
        String id = metric.descriptor().id();
        descriptors.putIfAbsent(id, metric.descriptor());
        Metric before = exact.putIfAbsent(id, metric);
        if (before != null && !before.equals(metric)) {
            throw new GateException("the " + title + "'s results differ in " + id
                    + ", which is exact; give results of the same version, scenario and seed");
        }
    }

    String name() {
        return results.get(0).name();
    }

    String kind() {
        return results.get(0).kind();
    }

    /** By name with labels. */
    SortedMap<String, MetricDescriptor> descriptors() {
        return descriptors;
    }

    Metric exact(String id) {
        return requireNonNull(exact.get(id));
    }

    /** What one number says of it; the two sides may hold metrics of different kinds under one name. */
    double figure(String id) {
        if (requireNonNull(descriptors.get(id)).precision() != Precision.EXACT) {
            return MEDIAN.evaluate(samples(id));
        }
        Metric metric = exact(id);
        if (metric instanceof HistogramMetric histogram) {
            return histogram.histogram().isEmpty() ? 0 : histogram.histogram().p99();
        }
        if (metric instanceof RangeMetric range) {
            return range.high();
        }
        return ((ValueMetric) metric).value();
    }

    double[] samples(String id) {
        return samples.getOrDefault(id, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** What the figures of all its results depend on; what is not the same in all of them stands with all its values. */
    Map<String, String> machine() {
        return machine;
    }

    /** Of the machine what decides how much is allocated. */
    Map<String, String> jvm() {
        return jvm;
    }

    private Map<String, String> shared(List<String> facts) {
        Map<String, String> shared = new LinkedHashMap<>();
        for (String fact : facts) {
            String values = String.join(
                    " and ",
                    results.stream()
                            .map(result -> result.environment().getOrDefault(fact, ""))
                            .distinct()
                            .toList());
            if (!values.isEmpty()) {
                shared.put(fact, values);
            }
        }
        return shared;
    }

    /** What its results were told to do by the parameters that begin so, without the beginning. */
    Map<String, String> parameters(String prefix) {
        Map<String, String> told = new LinkedHashMap<>();
        for (RunResult result : results) {
            result.parameters().forEach((name, value) -> {
                if (name.startsWith(prefix)) {
                    told.merge(
                            name.substring(prefix.length()),
                            value,
                            (one, other) -> one.equals(other) ? one : one + " and " + other);
                }
            });
        }
        return told;
    }
}
