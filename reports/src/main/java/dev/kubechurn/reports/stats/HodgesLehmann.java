package dev.kubechurn.reports.stats;

import org.apache.commons.statistics.descriptive.Median;

/** Hodges and Lehmann's estimates of a shift, which belong to the tests by ranks as the mean belongs to the t-test. */
public final class HodgesLehmann {

    private static final Median MEDIAN = Median.withDefaults().withCopy(false);

    private HodgesLehmann() {}

    /** By how much the candidate is larger: the median of all differences between the two. */
    public static double shift(double[] base, double[] candidate) {
        double[] differences = new double[base.length * candidate.length];
        int next = 0;
        for (double one : candidate) {
            for (double other : base) {
                differences[next++] = one - other;
            }
        }
        return median(differences);
    }

    /** What differences of pairs lie around: the median of the means of any two, each with itself included. */
    public static double centre(double[] differences) {
        double[] means = new double[differences.length * (differences.length + 1) / 2];
        int next = 0;
        for (int i = 0; i < differences.length; i++) {
            for (int j = i; j < differences.length; j++) {
                means[next++] = (differences[i] + differences[j]) / 2;
            }
        }
        return median(means);
    }

    /** Puts the values in another order. */
    private static double median(double[] values) {
        return MEDIAN.evaluate(values);
    }
}
