package dev.kubechurn.reports.stats;

/** What a quantity lies in with some confidence. */
public record Interval(double low, double high) {

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("invalid interval from " + low + " to " + high);
        }
    }

    public double width() {
        return high - low;
    }

    /** Whether all of it lies beyond a distance from 0, on one side. */
    public boolean isBeyond(double distance) {
        return low > distance || high < -distance;
    }

    /** Whether all of it lies within a distance from 0, on both sides. */
    public boolean isWithin(double distance) {
        return low >= -distance && high <= distance;
    }
}
