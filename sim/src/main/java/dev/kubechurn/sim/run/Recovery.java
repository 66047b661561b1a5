package dev.kubechurn.sim.run;

import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Series.Point;
import java.util.List;
import java.util.Optional;

/**
 * How long the open watches took to come back after something broke them.
 *
 * @param lowest how many were left
 * @param nanos from the moment of the break until {@link #WHOLE} of them were back; negative if they never were
 */
record Recovery(long before, long lowest, long nanos) {

    /** Pods come and go meanwhile, and with them some watches. */
    private static final double WHOLE = 0.95;

    /** A smaller loss is everyday life. */
    private static final double LOSS = 0.9;

    /**
     * After one moment.
     *
     * @param watches over time
     * @param untilNanos when the next thing happened, or the end
     * @return empty if most watches lived through it
     */
    static Optional<Recovery> after(Series watches, long atNanos, long untilNanos) {
        List<Point> points = watches.points();
        double before = 0;
        double lowest = Double.POSITIVE_INFINITY;
        long lowestAt = atNanos;
        long whole = -1;
        for (Point point : points) {
            if (point.offsetNanos() < atNanos) {
                before = point.value();
            } else if (point.offsetNanos() < untilNanos) {
                if (point.value() < lowest) {
                    lowest = point.value();
                    lowestAt = point.offsetNanos();
                    whole = -1;
                } else if (whole < 0 && point.value() >= WHOLE * before && point.offsetNanos() > lowestAt) {
                    whole = point.offsetNanos() - atNanos;
                }
            }
        }
        return lowest < LOSS * before
                ? Optional.of(new Recovery(Math.round(before), Math.round(lowest), whole))
                : Optional.empty();
    }
}
