package dev.kubechurn.reports.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * By how much a candidate differs from its base, on a logarithmic scale, so that half and double are as far away: estimate,
 * interval and test. A value, and the same for the same samples on any machine.
 *
 * @param estimate the logarithm of candidate / base, by Hodges and Lehmann
 * @param interval 95 %, by the bootstrap: what the estimate would be with other forks of the same kind
 * @param pValue two-sided and not corrected, by {@link RankTest}
 */
public record Shift(double estimate, Interval interval, double pValue) {

    private static final int RESAMPLES = 1_000;
    private static final double TAIL = 0.025;

    /** How many standard errors a shift needs to be beyond its threshold, with 95 % certainty and a two-sided 95 % interval. */
    private static final double DETECTION = 1.96 + 1.645;

    /** Of independent samples, all above 0. */
    public static Shift of(double[] base, double[] candidate) {
        double[] before = logarithms(base);
        double[] after = logarithms(candidate);
        SplittableRandom random = seeded(before, after);
        double[] estimates = new double[RESAMPLES];
        Arrays.setAll(estimates, i -> HodgesLehmann.shift(resampled(before, random), resampled(after, random)));
        return new Shift(HodgesLehmann.shift(before, after), interval(estimates), RankTest.mannWhitney(before, after));
    }

    /**
     * Of samples that were taken in pairs, one after the other: what both suffered from cancels out. Where that is nothing,
     * and one wild sample spoils a pair, the samples say more without their pairs: whichever interval is narrower stands,
     * which its width decides and not where it lies.
     */
    public static Shift ofPairs(double[] base, double[] candidate) {
        Shift pairs = ofDifferences(base, candidate);
        Shift samples = of(base, candidate);
        return samples.interval.width() < pairs.interval.width() ? samples : pairs;
    }

    private static Shift ofDifferences(double[] base, double[] candidate) {
        if (base.length != candidate.length) {
            throw new IllegalArgumentException(base.length + " and " + candidate.length + " samples cannot be paired");
        }
        double[] before = logarithms(base);
        double[] after = logarithms(candidate);
        double[] differences = new double[before.length];
        Arrays.setAll(differences, i -> after[i] - before[i]);
        SplittableRandom random = seeded(before, after);
        double[] estimates = new double[RESAMPLES];
        Arrays.setAll(estimates, i -> HodgesLehmann.centre(resampled(differences, random)));
        return new Shift(HodgesLehmann.centre(differences), interval(estimates), RankTest.signedRank(differences));
    }

    /** The smallest shift beyond a threshold that samples like these would have shown with 95 % certainty. */
    public double detectable(double threshold) {
        double standardError = interval.width() / (2 * 1.96);
        return threshold + DETECTION * standardError;
    }

    private static double[] logarithms(double[] samples) {
        for (double sample : samples) {
            if (!(sample > 0)) {
                throw new IllegalArgumentException(sample + " has no ratio; samples must be above 0");
            }
        }
        return map(samples, StrictMath::log);
    }

    private static double[] map(double[] values, ToDoubleFunction<Double> function) {
        return Arrays.stream(values).map(value -> function.applyAsDouble(value)).toArray();
    }

    private static SplittableRandom seeded(double[] before, double[] after) {
        return new SplittableRandom(31L * Arrays.hashCode(before) + Arrays.hashCode(after));
    }

    private static double[] resampled(double[] values, SplittableRandom random) {
        double[] drawn = new double[values.length];
        Arrays.setAll(drawn, i -> values[random.nextInt(values.length)]);
        return drawn;
    }

    private static Interval interval(double[] estimates) {
        Arrays.sort(estimates);
        int last = estimates.length - 1;
        return new Interval(estimates[(int) (TAIL * last)], estimates[(int) Math.ceil((1 - TAIL) * last)]);
    }
}
