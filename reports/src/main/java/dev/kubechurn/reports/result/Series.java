package dev.kubechurn.reports.result;

import java.util.List;

/**
 * A figure over time; immutable, equal by value. Name and labels together identify it within a result.
 *
 * @param name such as {@code apiserver.watches}
 * @param points in order of time, no two at one moment; may be empty
 */
public record Series(String name, Labels labels, Unit unit, List<Point> points) {

    /**
     * The figure at one moment.
     *
     * @param offsetNanos since the start of the run, 0 or more
     * @param value finite
     */
    public record Point(long offsetNanos, double value) {

        public Point {
            if (offsetNanos < 0) {
                throw new IllegalArgumentException("offset " + offsetNanos + " ns is before the start of the run");
            }
            value = Finite.require("value at " + offsetNanos + " ns", value);
        }

        public Point(long offsetNanos, long value) {
            this(offsetNanos, (double) value);
        }
    }

    public Series {
        Names.requireName("series", name);
        points = List.copyOf(points);
        long last = -1;
        for (Point point : points) {
            if (point.offsetNanos() <= last) {
                throw new IllegalArgumentException("series " + name + labels + ": offset " + point.offsetNanos()
                        + " ns does not follow " + last + " ns; offsets must increase");
            }
            last = point.offsetNanos();
        }
    }

    public Series(String name, Unit unit, List<Point> points) {
        this(name, Labels.NONE, unit, points);
    }

    /** Name and labels, as people read them. */
    public String id() {
        return name + labels;
    }
}
