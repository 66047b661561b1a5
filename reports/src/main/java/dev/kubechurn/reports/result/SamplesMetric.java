package dev.kubechurn.reports.result;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Repeated measurements of one thing.
 *
 * @param forks one list per independent repetition (a JVM of its own), in the order in which they ran; each holds the
 *     measurements made within it, which depend on each other and must not be taken for samples
 */
public record SamplesMetric(MetricDescriptor descriptor, List<List<Double>> forks) implements Metric {

    public SamplesMetric {
        String id = descriptor.id();
        forks = forks.stream()
                .map(fork ->
                        fork.stream().map(value -> Finite.require(id, value)).toList())
                .toList();
        if (forks.isEmpty() || forks.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(id + " has no samples; omit the metric instead");
        }
    }

    /** Samples that were each measured once. */
    public static SamplesMetric of(MetricDescriptor descriptor, double... samples) {
        return new SamplesMetric(
                descriptor, Arrays.stream(samples).mapToObj(List::of).toList());
    }

    /** The independent samples: the mean of each fork. */
    public double[] samples() {
        return forks.stream()
                .mapToDouble(fork ->
                        fork.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .toArray();
    }

    /** Of the independent samples. */
    public double median() {
        return Median.withDefaults().evaluate(samples());
    }
}
