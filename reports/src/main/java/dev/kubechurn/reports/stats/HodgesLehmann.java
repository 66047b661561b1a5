package dev.kubechurn.reports.stats;

import java.util.Arrays;

/** Hodges and Lehmann's estimates of a shift, which belong to the tests by ranks as the mean belongs to the t-test. */
public final class HodgesLehmann {

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

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
