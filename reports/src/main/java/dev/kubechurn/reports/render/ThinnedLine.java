package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Series.Point;
import java.util.ArrayList;
import java.util.List;

/** A series with no more points than a picture can show: of each stretch the lowest and the highest, in their order. */
final class ThinnedLine {

    private ThinnedLine() {}

    /** @param stretches at most twice as many points are left, and those that stand alone in their stretch stay */
    static List<Point> of(Series series, int stretches) {
        List<Point> points = series.points();
        if (points.size() <= 2 * stretches) {
            return points;
        }
        List<Point> thinned = new ArrayList<>();
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = (int) ((long) points.size() * stretch / stretches);
            int to = (int) ((long) points.size() * (stretch + 1) / stretches);
            addExtremes(points.subList(from, to), thinned);
        }
        return thinned;
    }

    /** The highest of each stretch alone. */
    static List<Point> peaks(Series series, int stretches) {
        List<Point> points = series.points();
        int most = Math.min(stretches, points.size());
        List<Point> peaks = new ArrayList<>();
        for (int stretch = 0; stretch < most; stretch++) {
            int from = (int) ((long) points.size() * stretch / most);
            int to = (int) ((long) points.size() * (stretch + 1) / most);
            Point highest = points.get(from);
            for (Point point : points.subList(from, to)) {
                highest = point.value() > highest.value() ? point : highest;
            }
            peaks.add(highest);
        }
        return peaks;
    }

    private static void addExtremes(List<Point> stretch, List<Point> into) {
        Point lowest = stretch.get(0);
        Point highest = stretch.get(0);
        for (Point point : stretch) {
            lowest = point.value() < lowest.value() ? point : lowest;
            highest = point.value() > highest.value() ? point : highest;
        }
        boolean up = lowest.offsetNanos() <= highest.offsetNanos();
        into.add(up ? lowest : highest);
        if (lowest.offsetNanos() != highest.offsetNanos()) {
            into.add(up ? highest : lowest);
        }
    }
}
