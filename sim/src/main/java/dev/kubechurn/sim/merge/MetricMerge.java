package dev.kubechurn.sim.merge;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import org.HdrHistogram.Histogram;

/**
 * Puts one metric of all shards together: counts sum, histograms add, and what is none of the shards' own is taken once. Peaks are
 * for {@link Peaks}.
 */
final class MetricMerge {

    /** What the one server tells of itself: each shard read the same, the last one the most. */
    private static final String OF_THE_SERVER = "server.";

    /** Counted by every shard, but done once to all of them. */
    private static final Set<String> COMMON = Set.of("faults.struck");

    private static final Set<Unit> SUMMED = Set.of(Unit.COUNT, Unit.BYTES);

    private MetricMerge() {}

    /**
     * The metric of all.
     *
     * @param parts of those shards that have it
     * @return empty: figures of this sort cannot be put together
     */
    static Optional<Metric> of(List<Metric> parts) {
        Metric first = parts.get(0);
        MetricDescriptor descriptor = first.descriptor();
        if (first instanceof HistogramMetric) {
            return Optional.of(HistogramMetric.of(descriptor, sum(parts)));
        }
        if (first instanceof RangeMetric range) {
            return parts.stream().allMatch(range::equals) ? Optional.of(range) : Optional.empty();
        }
        if (first instanceof ValueMetric && SUMMED.contains(descriptor.unit())) {
            boolean once = descriptor.name().startsWith(OF_THE_SERVER) || COMMON.contains(descriptor.name());
            DoubleBinaryOperator together = once ? Math::max : Double::sum;
            double value = parts.stream()
                    .mapToDouble(part -> ((ValueMetric) part).value())
                    .reduce(together)
                    .orElseThrow();
            return Optional.of(new ValueMetric(descriptor, value));
        }
        return Optional.empty();
    }

    private static Histogram sum(List<Metric> parts) {
        List<Histogram> all = new ArrayList<>();
        for (Metric part : parts) {
            all.add(((HistogramMetric) part).histogram().toHistogram());
        }
        Histogram sum = all.get(0);
        sum.setAutoResize(true);
        all.subList(1, all.size()).forEach(sum::add);
        return sum;
    }
}
