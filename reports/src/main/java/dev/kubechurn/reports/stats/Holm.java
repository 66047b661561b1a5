package dev.kubechurn.reports.stats;

import java.util.Arrays;
import java.util.Comparator;

/** Holm's correction for many tests: the chance that any of them is significant by chance stays below alpha. */
public final class Holm {

    private Holm() {}

    /** The adjusted p-values, in the order given; each may be compared with alpha as if it were the only one. */
    public static double[] adjust(double[] pValues) {
        Integer[] order = new Integer[pValues.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }
}
