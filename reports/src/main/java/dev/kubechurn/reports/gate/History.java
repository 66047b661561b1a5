package dev.kubechurn.reports.gate;

import dev.kubechurn.reports.result.Better;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.reports.stats.ChangePoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Results of one scenario or suite over time: the trend of each metric, and where its level changed for good. Immutable.
 *
 * @param name of the scenario or suite
 * @param trends by metric
 */
public record History(String name, List<Instant> times, List<Trend> trends) {

    /**
     * One metric over time.
     *
     * @param values one for each time at which the metric was there
     * @param times of the values
     * @param changes the indices at which a new level begins
     */
    public record Trend(
            String metric, Unit unit, Better better, List<Instant> times, List<Double> values, List<Integer> changes) {

        public Trend {
            times = List.copyOf(times);
            values = List.copyOf(values);
            changes = List.copyOf(changes);
        }

        /** By what fraction the level that begins at a change differs from the one before, by their medians. */
        public double step(int change) {
            int at = changes.indexOf(change);
            int from = at == 0 ? 0 : changes.get(at - 1);
            int to = at + 1 < changes.size() ? changes.get(at + 1) : values.size();
            double before = median(values.subList(from, change));
            return before == 0 ? Double.POSITIVE_INFINITY : median(values.subList(change, to)) / before - 1;
        }

        private static double median(List<Double> values) {
            return values.stream()
                    .sorted()
                    .skip((values.size() - 1) / 2)
                    .findFirst()
                    .orElse(0.0);
        }
    }

    public History {
        times = List.copyOf(times);
        trends = List.copyOf(trends);
    }

    /**
     * Puts results in the order of their times.
     *
     * @throws GateException if they are of different scenarios or suites
     */
    public static History of(List<RunResult> results) {
        List<RunResult> inOrder = new ArrayList<>(results);
        inOrder.sort(Comparator.comparing(RunResult::started));
        SortedMap<String, List<Point>> points = new TreeMap<>();
        for (RunResult result : inOrder) {
            if (!result.name().equals(inOrder.get(0).name())) {
                throw new GateException(
                        "the history holds results of " + inOrder.get(0).name() + " and of " + result.name()
                                + "; use one directory per scenario or suite");
            }
            for (Metric metric : result.metrics()) {
                figure(metric)
                        .ifPresent(value -> points.computeIfAbsent(
                                        metric.descriptor().id(), any -> new ArrayList<>())
                                .add(new Point(result.started(), metric, value)));
            }
        }
        return new History(
                inOrder.isEmpty() ? "nothing" : inOrder.get(0).name(),
                inOrder.stream().map(RunResult::started).toList(),
                points.entrySet().stream()
                        .map(each -> trend(each.getKey(), each.getValue()))
                        .toList());
    }

    private record Point(Instant time, Metric metric, double value) {}

    private static Trend trend(String id, List<Point> points) {
        Metric last = points.get(points.size() - 1).metric();
        return new Trend(
                id,
                last.unit(),
                last.descriptor().better(),
                points.stream().map(Point::time).toList(),
                points.stream().map(Point::value).toList(),
                ChangePoints.of(points.stream().mapToDouble(Point::value).toArray()));
    }

    private static OptionalDouble figure(Metric metric) {
        if (metric instanceof ValueMetric value) {
            return OptionalDouble.of(value.value());
        }
        if (metric instanceof SamplesMetric samples) {
            return OptionalDouble.of(samples.median());
        }
        return metric instanceof HistogramMetric histogram
                        && !histogram.histogram().isEmpty()
                ? OptionalDouble.of((double) histogram.histogram().p99())
                : OptionalDouble.empty();
    }

    /** The trends whose level changed, the largest last step first. */
    public List<Trend> changed() {
        return trends.stream()
                .filter(trend -> !trend.changes().isEmpty())
                .sorted(Comparator.comparingDouble((Trend trend) ->
                        -Math.abs(trend.step(trend.changes().get(trend.changes().size() - 1)))))
                .toList();
    }
}
