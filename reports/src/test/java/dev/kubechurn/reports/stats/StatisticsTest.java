package dev.kubechurn.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Golden vectors: Hollander and Wolfe's examples as R's documentation of wilcox.test prints them, tables, and plain counting. */
final class StatisticsTest {

    /** Hollander and Wolfe (1973), pages 69 and 70: permeability of a membrane at term, and before. */
    private static final double[] TERM = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};

    private static final double[] BEFORE = {1.15, 0.88, 0.90, 0.74, 1.21};

    /** Hollander and Wolfe (1973), pages 29 and following: depression at the first and at the second visit. */
    private static final double[] FIRST = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};

    private static final double[] SECOND = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

    @Test
    void mannWhitneyAsPublished() {
        // R: W = 35, p = 0.1272 for "greater"; two-sided 0.2544; difference in location 0.305
        assertThat(RankTest.mannWhitney(BEFORE, TERM)).isEqualTo(0.2544, within(0.00005));
        assertThat(HodgesLehmann.shift(BEFORE, TERM)).isEqualTo(0.305, within(0.00005));
    }

    @Test
    void signedRankAsPublished() {
        // R: V = 40, p = 0.01953 for "greater"; two-sided 0.03906; pseudo-median 0.46
        double[] differences = new double[FIRST.length];
        Arrays.setAll(differences, i -> FIRST[i] - SECOND[i]);
        assertThat(RankTest.signedRank(differences)).isEqualTo(0.0390625, within(0.0000005));
        assertThat(HodgesLehmann.centre(differences)).isEqualTo(0.46, within(0.00005));
    }

    @Test
    void whatNeverDiffersIsNotSignificant() {
        double[] same = {3, 3, 3, 3};
        assertThat(RankTest.mannWhitney(same, same)).isEqualTo(1);
        assertThat(RankTest.signedRank(new double[4])).isEqualTo(1);
    }

    @Test
    void theLeastPIsThatOfCompletelySeparateSamples() {
        assertThat(RankTest.leastMannWhitney(5, 5)).isEqualTo(2.0 / 252, within(1e-15));
        assertThat(RankTest.leastMannWhitney(7, 7)).isEqualTo(2.0 / 3432, within(1e-15));
        assertThat(RankTest.leastSignedRank(10)).isEqualTo(2.0 / 1024, within(1e-15));
        assertThat(RankTest.leastMannWhitney(1, 1)).isEqualTo(1);
        assertThat(RankTest.mannWhitney(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10}))
                .isEqualTo(RankTest.leastMannWhitney(5, 5), within(1e-12));
        assertThat(RankTest.signedRank(new double[] {1, 2, 3, 4, 5, 6}))
                .isEqualTo(RankTest.leastSignedRank(6), within(1e-12));
    }

    @Test
    void holmStepsDown() {
        assertThat(Holm.adjust(new double[] {0.04, 0.01, 0.03, 0.02}))
                .containsExactly(new double[] {0.06, 0.04, 0.06, 0.06}, within(1e-12));
        assertThat(Holm.adjust(new double[] {0.9, 0.8})).containsExactly(1, 1);
        assertThat(Holm.adjust(new double[0])).isEmpty();
    }

    @Test
    void clopperAndPearsonsInterval() {
        // 0 of 10: 1 - 0.025^(1/10); 5 of 10 as in every table
        assertThat(ClopperPearson.of(0, 10).low()).isZero();
        assertThat(ClopperPearson.of(0, 10).high()).isEqualTo(0.3084971, within(1e-6));
        assertThat(ClopperPearson.of(5, 10).low()).isEqualTo(0.1870860, within(1e-6));
        assertThat(ClopperPearson.of(5, 10).high()).isEqualTo(0.8129140, within(1e-6));
    }

    @Test
    void aShiftIsARatio() {
        double[] base = {100, 102, 98, 101, 99, 103, 97, 100.5, 99.5, 101.5};
        double[] twice = Arrays.stream(base).map(each -> 2 * each).toArray();
        Shift shift = Shift.of(base, twice);
        assertThat(Math.exp(shift.estimate())).isEqualTo(2, within(1e-9));
        assertThat(shift.interval().low()).isLessThan(shift.estimate());
        assertThat(shift.interval().high()).isGreaterThan(shift.estimate()).isLessThan(Math.log(2.1));
        assertThat(shift.pValue()).isEqualTo(RankTest.leastMannWhitney(10, 10), within(1e-12));
        assertThat(Shift.of(base, twice)).isEqualTo(shift);
        assertThat(Shift.of(twice, base).estimate()).isEqualTo(-shift.estimate(), within(1e-12));
    }

    /** What both of a pair suffer from does not hide that one is slower. */
    @Test
    void pairsCancelWhatTheyShare() {
        SplittableRandom random = new SplittableRandom(7);
        double[] base = new double[10];
        double[] slower = new double[10];
        for (int i = 0; i < 10; i++) {
            double drift = 100 * (1 + i / 5.0);
            base[i] = drift * (1 + 0.01 * random.nextDouble());
            slower[i] = 1.1 * drift * (1 + 0.01 * random.nextDouble());
        }
        Shift paired = Shift.ofPairs(base, slower);
        assertThat(paired.estimate()).isEqualTo(Math.log(1.1), within(0.01));
        assertThat(paired.interval().isBeyond(0.05)).isTrue();
        assertThat(paired.pValue()).isLessThan(0.01);
        assertThat(Shift.of(base, slower).interval().isBeyond(0)).isFalse();
    }

    @Test
    void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(11);
        int held = 0;
        int trials = 300;
        for (int trial = 0; trial < trials; trial++) {
            double[] base = new double[10];
            double[] candidate = new double[10];
            Arrays.setAll(base, i -> 100 * StrictMath.exp(0.05 * noise(random)));
            Arrays.setAll(candidate, i -> 110 * StrictMath.exp(0.05 * noise(random)));
            Interval interval = Shift.of(base, candidate).interval();
            held += interval.low() <= Math.log(1.1) && Math.log(1.1) <= interval.high() ? 1 : 0;
        }
        // a percentile bootstrap of ten samples is a little too narrow: 90 to 95 %
        assertThat(held / (double) trials).isBetween(0.87, 0.99);
    }

    /** Near enough to a normal deviate. */
    private static double noise(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    @Test
    void samplesMustHaveARatio() {
        assertThatThrownBy(() -> Shift.of(new double[] {1, 0}, new double[] {1, 1}))
                .hasMessageContaining("0.0 has no ratio");
        assertThatThrownBy(() -> Shift.ofPairs(new double[] {1, 2}, new double[] {1}))
                .hasMessageContaining("2 and 1 samples cannot be paired");
    }

    @Test
    void aStepIsAChangeAndASpikeIsNone() {
        SplittableRandom random = new SplittableRandom(3);
        double[] flat = new double[40];
        Arrays.setAll(flat, i -> 100 + noise(random));
        double[] spike = flat.clone();
        spike[20] = 200;
        double[] step = flat.clone();
        for (int i = 25; i < step.length; i++) {
            step[i] += 10;
        }
        assertThat(ChangePoints.of(flat)).isEmpty();
        assertThat(ChangePoints.of(spike)).isEmpty();
        assertThat(ChangePoints.of(step)).isEqualTo(List.of(25));
        assertThat(ChangePoints.of(new double[] {1, 2})).isEmpty();
    }

    /** Steps of three standard deviations at random places: most are found at their place or next to it, hardly any else. */
    @Test
    void changePointsAreFoundWhereTheyAre() {
        SplittableRandom random = new SplittableRandom(5);
        int planted = 0;
        int found = 0;
        int reported = 0;
        for (int trial = 0; trial < 60; trial++) {
            int at = 8 + random.nextInt(24);
            double[] series = new double[40];
            Arrays.setAll(series, i -> 100 + noise(random) + (i >= at ? 3 : 0));
            List<Integer> points = ChangePoints.of(series);
            planted++;
            reported += points.size();
            found += points.stream().anyMatch(point -> Math.abs(point - at) <= 1) ? 1 : 0;
        }
        assertThat(found / (double) planted).as("recall").isGreaterThan(0.9);
        assertThat(found / (double) reported).as("precision").isGreaterThan(0.85);
    }
}
