package dev.kubechurn.reports.gate;

import java.util.SplittableRandom;

/**
 * Forks as JMH's are on a shared machine: each with noise of its own of one to three percent, some that compile otherwise and
 * stay slower, a wild one now and then, and a machine that drifts. For one thread.
 */
final class SyntheticForks {

    /** What one benchmark suffers from. */
    enum Noise {
        CALM(0.01, 0, 0, 0),
        DRIFTING(0.015, 0.10, 0, 0),
        WILD(0.015, 0.02, 0.08, 0),
        BIMODAL(0.01, 0.02, 0, 0.3);

        private final double spread;
        private final double drift;
        private final double wild;
        private final double slowMode;

        Noise(double spread, double drift, double wild, double slowMode) {
            this.spread = spread;
            this.drift = drift;
            this.wild = wild;
            this.slowMode = slowMode;
        }
    }

    private final SplittableRandom random;

    SyntheticForks(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Pairs of forks, one after the other, in random order within a pair.
     *
     * @param factor what the candidate is slower by
     * @return the base's, then the candidate's
     */
    double[][] pairs(int pairs, Noise noise, double factor) {
        double[][] sides = new double[2][pairs];
        double level = 100 * (1 + random.nextDouble());
        double drift = noise.drift * (2 * random.nextDouble() - 1);
        for (int pair = 0; pair < pairs; pair++) {
            int first = random.nextInt(2);
            for (int turn = 0; turn < 2; turn++) {
                double when = (2 * pair + turn) / (2.0 * pairs);
                int side = turn == 0 ? first : 1 - first;
                double sample = level * (1 + drift * when) * StrictMath.exp(noise.spread * normal());
                sample *= random.nextDouble() < noise.wild ? 1 + random.nextDouble() : 1;
                sample *= random.nextDouble() < noise.slowMode ? 1.08 : 1;
                sides[side][pair] = side == 1 ? factor * sample : sample;
            }
        }
        return sides;
    }

    /** A normal deviate, by our own inverse so that it is the same on any JDK: the sum of twelve is near enough. */
    private double normal() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
