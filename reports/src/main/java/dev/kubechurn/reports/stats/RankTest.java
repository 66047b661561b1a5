package dev.kubechurn.reports.stats;

import java.util.Arrays;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Two-sided tests by ranks, which assume no distribution and are not moved by a wild sample. The p-values are exact where
 * there are no ties, and those of the normal approximation else.
 */
public final class RankTest {

    private RankTest() {}

    /** Mann and Whitney's: whether one of two independent samples tends to be larger. */
    public static double mannWhitney(double[] base, double[] candidate) {
        if (allEqual(base, candidate)) {
            return 1;
        }
        return MannWhitneyUTest.withDefaults().test(base, candidate).getPValue();
    }

    /** Wilcoxon's, of the signed ranks: whether differences of pairs tend to one side. */
    public static double signedRank(double[] differences) {
        double[] different =
                Arrays.stream(differences).filter(each -> each != 0).toArray();
        return different.length == 0
                ? 1
                : WilcoxonSignedRankTest.withDefaults().test(different).getPValue();
    }

    /** The smallest p that {@link #mannWhitney} can give with so many samples: no design with a larger one can fail. */
    public static double leastMannWhitney(int base, int candidate) {
        double arrangements = 1;
        for (int i = 1; i <= base; i++) {
            arrangements = arrangements * (candidate + i) / i;
        }
        return Math.min(1, 2 / arrangements);
    }

    /** The smallest p that {@link #signedRank} can give with so many pairs. */
    public static double leastSignedRank(int pairs) {
        return Math.min(1, StrictMath.pow(2, 1 - pairs));
    }

    private static boolean allEqual(double[] base, double[] candidate) {
        return Arrays.stream(base).allMatch(each -> each == base[0])
                && Arrays.stream(candidate).allMatch(each -> each == base[0]);
    }
}
