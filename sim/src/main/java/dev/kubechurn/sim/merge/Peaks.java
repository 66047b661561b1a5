package dev.kubechurn.sim.merge;

import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.ValueMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The most that there was at once, of all shards: from the series together, for shards have their peaks at different moments. No
 * less than that of any one shard, which may lie between two samples.
 */
final class Peaks {

    /** The series that a peak is the highest value of; more than one of a name are added first. */
    private static final Map<String, String> SERIES = Map.of(
            "apiserver.watches.peak", "apiserver.watches",
            "apiserver.requests.peak", "apiserver.requests.rate");

    private static final String WATCHES = "apiserver.watches.peak";
    private static final String PER_WATCH = "memory.perWatch";
    private static final String MEMORY = "memory.watches";
    private static final String MEMORY_PER_KIB = "memory.watches.perKiB";
    private static final long KIB = 1024;

    private final List<Series> together;
    private final List<Metric> inputs;

    /**
     * Looks for them.
     *
     * @param together the series of all shards
     * @param inputs the metrics of all shards
     */
    Peaks(List<Series> together, List<Metric> inputs) {
        this.together = List.copyOf(together);
        this.inputs = List.copyOf(inputs);
    }

    /** Whether a metric is for this to tell. */
    static boolean tells(String metric) {
        return SERIES.containsKey(metric) || Set.of(MEMORY, MEMORY_PER_KIB).contains(metric);
    }

    /** All of these that the shards have. */
    List<Metric> all() {
        List<Metric> peaks = new ArrayList<>();
        SERIES.keySet().stream()
                .sorted()
                .forEach(name ->
                        first(name).ifPresent(metric -> peaks.add(new ValueMetric(metric.descriptor(), peak(name)))));
        first(MEMORY)
                .ifPresent(metric -> first(PER_WATCH)
                        .map(RangeMetric.class::cast)
                        .ifPresent(perWatch -> peaks.add(new RangeMetric(
                                metric.descriptor(),
                                peak(WATCHES) * perWatch.low(),
                                peak(WATCHES) * perWatch.high()))));
        first(MEMORY_PER_KIB).ifPresent(metric -> peaks.add(new ValueMetric(metric.descriptor(), KIB * peak(WATCHES))));
        return peaks;
    }

    /** Only those without labels: a replica's peak is none of the whole. */
    private Optional<Metric> first(String name) {
        return inputs.stream()
                .filter(metric -> metric.name().equals(name) && metric.labels().equals(Labels.NONE))
                .findFirst();
    }

    private double peak(String metric) {
        List<SeriesMerge.Shifted> parts = together.stream()
                .filter(series -> series.name().equals(SERIES.get(metric)))
                .map(series -> new SeriesMerge.Shifted(series, 0))
                .toList();
        double atOnce = parts.isEmpty() ? 0 : SeriesMerge.peak(SeriesMerge.of(parts, Double::sum));
        double ofOne = inputs.stream()
                .filter(each -> each.name().equals(metric) && each instanceof ValueMetric)
                .mapToDouble(each -> ((ValueMetric) each).value())
                .max()
                .orElse(0);
        return Math.max(atOnce, ofOne);
    }
}
