package dev.kubechurn.reports.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Where a history changed for good: E-divisive (Matteson and James 2014), which parts a series where the two sides differ
 * most in distribution, and asks by permutations whether they do. A single spike is no change: no side has fewer than three
 * values. The same for the same series on any machine.
 */
public final class ChangePoints {

    private static final int LEAST = 3;
    private static final int PERMUTATIONS = 199;
    private static final double ALPHA = 0.05;

    private final double[] series;
    private final SplittableRandom random = new SplittableRandom(42);

    private ChangePoints(double[] series) {
        this.series = series;
    }

    /** The indices at which a new level begins, in order. */
    public static List<Integer> of(double[] series) {
        return new ArrayList<>(new ChangePoints(series.clone()).find());
    }

    private SortedSet<Integer> find() {
        SortedSet<Integer> found = new TreeSet<>();
        split(0, series.length, found);
        return found;
    }

    private void split(int from, int to, SortedSet<Integer> found) {
        double[] part = Arrays.copyOfRange(series, from, to);
        Best best = best(part);
        if (best.at < 0 || !isSignificant(part, best.divergence)) {
            return;
        }
        found.add(from + best.at);
        split(from, from + best.at, found);
        split(from + best.at, to, found);
    }

    private boolean isSignificant(double[] part, double divergence) {
        int asLarge = 0;
        double[] shuffled = part.clone();
        for (int i = 0; i < PERMUTATIONS; i++) {
            shuffle(shuffled);
            if (best(shuffled).divergence >= divergence) {
                asLarge++;
            }
        }
        return (asLarge + 1.0) / (PERMUTATIONS + 1) <= ALPHA;
    }

    private void shuffle(double[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }

    private record Best(int at, double divergence) {}

    /** The split with the largest divergence; the sums of distances are moved along with it. */
    private static Best best(double[] part) {
        int n = part.length;
        double within = 0;
        double across = 0;
        double rest = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                rest += Math.abs(part[i] - part[j]);
            }
        }
        Best best = new Best(-1, 0);
        for (int at = 1; at <= n - LEAST; at++) {
            double moved = part[at - 1];
            for (int i = 0; i < at - 1; i++) {
                double distance = Math.abs(part[i] - moved);
                within += distance;
                across -= distance;
            }
            for (int j = at; j < n; j++) {
                double distance = Math.abs(part[j] - moved);
                rest -= distance;
                across += distance;
            }
            if (at >= LEAST) {
                double divergence = divergence(at, n - at, across, within, rest);
                if (divergence > best.divergence) {
                    best = new Best(at, divergence);
                }
            }
        }
        return best;
    }

    private static double divergence(int left, int right, double across, double within, double rest) {
        double between = 2 * across / ((double) left * right);
        double leftMean = 2 * within / ((double) left * (left - 1));
        double rightMean = 2 * rest / ((double) right * (right - 1));
        return (double) left * right / (left + right) * (between - leftMean - rightMean);
    }
}
