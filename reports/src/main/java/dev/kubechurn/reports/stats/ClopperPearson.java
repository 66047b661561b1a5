package dev.kubechurn.reports.stats;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/** What a rate lies in, after so many hits in so many trials: Clopper and Pearson's interval, which is exact. */
public final class ClopperPearson {

    private ClopperPearson() {}

    /** With a confidence of 95 %. */
    public static Interval of(int hits, int trials) {
        var interval = BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(trials, hits, 0.05);
        return new Interval(interval.getLowerBound(), interval.getUpperBound());
    }
}
