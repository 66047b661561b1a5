package dev.kubechurn.sim.workload;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Ranks by popularity: rank k (from 0) is drawn with a weight of 1 / (k + 1)^s; s = 0 is uniform. Immutable; the same
 * draws on every machine and JDK.
 */
final class Zipf {

    private final double[] cumulative;

    Zipf(int count, double exponent) {
        if (count < 1) {
            throw new IllegalArgumentException("cannot choose from zero elements");
        }
        cumulative = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++) {
            sum += StrictMath.pow(rank + 1, -exponent);
            cumulative[rank] = sum;
        }
    }

    int count() {
        return cumulative.length;
    }

    int next(SplittableRandom random) {
        double point = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, point);
        int rank = found >= 0 ? found + 1 : -found - 1;
        return Math.min(rank, cumulative.length - 1);
    }
}
