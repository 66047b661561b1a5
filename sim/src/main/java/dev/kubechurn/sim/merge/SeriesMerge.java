package dev.kubechurn.sim.merge;

import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleBinaryOperator;

/**
 * Puts figures over time together. Each shard took its samples every second of its own, a little after the second; a sample counts
 * for the whole second that it comes nearest to, and before its first and after its last sample a shard counts nothing.
 */
final class SeriesMerge {

    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private SeriesMerge() {}

    /**
     * One shard's series.
     *
     * @param offsetNanos by how much that shard began after the first one
     */
    record Shifted(Series series, long offsetNanos) {}

    /** The series together; all must be of one name, labels and unit. */
    static Series of(List<Shifted> parts, DoubleBinaryOperator together) {
        SortedMap<Long, Double> sums = new TreeMap<>();
        for (Shifted part : parts) {
            bySecond(part).forEach((second, value) -> sums.merge(second, value, together::applyAsDouble));
        }
        List<Point> points = new ArrayList<>();
        sums.forEach((second, value) -> points.add(new Point(second * INTERVAL_NANOS, value.doubleValue())));
        Series one = parts.get(0).series();
        return new Series(one.name(), one.labels(), one.unit(), points);
    }

    /** A second without a sample of its own has the one before it: the shard was late, not away. */
    private static SortedMap<Long, Double> bySecond(Shifted part) {
        SortedMap<Long, Double> values = new TreeMap<>();
        long last = -1;
        double value = 0;
        for (Point point : part.series().points()) {
            long second = Math.round((point.offsetNanos() + part.offsetNanos()) / (double) INTERVAL_NANOS);
            for (long skipped = last + 1; last >= 0 && skipped < second; skipped++) {
                values.put(skipped, value);
            }
            value = point.value();
            values.put(second, value);
            last = second;
        }
        return values;
    }

    /** The highest value; 0 where there is none. */
    static double peak(Series series) {
        return series.points().stream().mapToDouble(Point::value).max().orElse(0);
    }
}
