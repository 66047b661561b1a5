package dev.kubechurn.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A burst at once, then so many a second, and a burst again after a pause. */
final class CreationRateTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void letsABurstGoAndThenKeepsTheRate() {
        CreationRate rate = new CreationRate(4, 3);
        assertThat(times(rate, 0, 7)).containsExactly(0L, 0L, 0L, SECOND / 4, SECOND / 2, SECOND * 3 / 4, SECOND);
    }

    @Test
    void fillsUpAgainInAPauseButNotBeyondTheBurst() {
        CreationRate rate = new CreationRate(10, 2);
        times(rate, 0, 5);
        assertThat(times(rate, 100 * SECOND, 4))
                .containsExactly(100 * SECOND, 100 * SECOND, 100 * SECOND + SECOND / 10, 100 * SECOND + SECOND / 5);
    }

    @Test
    void withoutALimitNobodyWaits() {
        assertThat(times(new CreationRate(Double.POSITIVE_INFINITY, 1), 5, 1000))
                .containsOnly(5L);
    }

    /** When so many may go, if each goes as soon as it may. */
    private static List<Long> times(CreationRate rate, long from, int count) {
        List<Long> times = new ArrayList<>();
        long now = from;
        while (times.size() < count) {
            long wait = rate.take(now);
            if (wait == 0) {
                times.add(now);
            }
            now += wait;
        }
        return times;
    }
}
