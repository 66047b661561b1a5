package dev.kubechurn.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ZipfTest {

    private static final int DRAWS = 200_000;

    @Test
    void drawsRanksInProportionToTheirWeight() {
        double[] shares = shares(new Zipf(4, 1.0));
        double sum = 1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0;
        for (int rank = 0; rank < 4; rank++) {
            assertThat(shares[rank]).isCloseTo(1.0 / (rank + 1) / sum, within(0.01));
        }
    }

    @Test
    void anExponentOfZeroIsUniform() {
        for (double share : shares(new Zipf(5, 0))) {
            assertThat(share).isCloseTo(0.2, within(0.01));
        }
    }

    @Test
    void oneRankIsAlwaysDrawn() {
        assertThat(shares(new Zipf(1, 1.1))).containsExactly(1.0);
    }

    @Test
    void nothingToChooseFromIsRefused() {
        assertThatThrownBy(() -> new Zipf(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] shares(Zipf zipf) {
        SplittableRandom random = new SplittableRandom(42);
        double[] shares = new double[zipf.count()];
        for (int i = 0; i < DRAWS; i++) {
            shares[zipf.next(random)] += 1.0 / DRAWS;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.round(shares[i] * DRAWS) / (double) DRAWS;
        }
        return shares;
    }
}
