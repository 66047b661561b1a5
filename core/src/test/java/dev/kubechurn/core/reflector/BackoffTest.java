package dev.kubechurn.core.reflector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule R11: the series of waits. */
class BackoffTest {

    private static final long START = -Duration.ofHours(1).toNanos();

    private final Backoff backoff = new Backoff();

    @Test
    @DisplayName("R11: 0.8 s doubles up to 25.6 s, then 30 s each")
    void doublesToItsLimit() {
        List<Long> waits = IntStream.range(0, 9)
                .mapToObj(i -> millis(backoff.next(START, 0)))
                .toList();

        assertThat(waits).containsExactly(800L, 1600L, 3200L, 6400L, 12800L, 25600L, 30000L, 30000L, 30000L);
    }

    @Test
    @DisplayName("R11: each wait is multiplied by a factor in [1, 2)")
    void factorStretchesTheWait() {
        assertThat(millis(backoff.next(START, 0.5))).isEqualTo(1200);
        assertThat(backoff.next(START, Math.nextDown(1.0)))
                .isLessThan(Duration.ofMillis(3200).toNanos())
                .isGreaterThan(Duration.ofMillis(3199).toNanos());
    }

    @Test
    @DisplayName("R11: the series starts over when the last wait began more than 2 min ago, not at exactly 2 min")
    void startsOverAfterTwoQuietMinutes() {
        long unused = backoff.next(START, 0);
        long exactly = START + Duration.ofMinutes(2).toNanos();
        assertThat(millis(backoff.next(exactly, 0))).isEqualTo(1600);

        long more = exactly + Duration.ofMinutes(2).toNanos() + 1;
        assertThat(millis(backoff.next(more, 0))).isEqualTo(800);
        assertThat(millis(backoff.next(more, 0))).isEqualTo(1600);
    }

    @Test
    @DisplayName("R11: the 2 min count from the beginning of the last wait, not of the series")
    void quietTimeCountsFromTheLastWait() {
        long now = START;
        for (int i = 0; i < 6; i++) {
            long unused = backoff.next(now, 0);
            now += Duration.ofSeconds(100).toNanos();
        }

        assertThat(millis(backoff.next(now, 0))).isEqualTo(30000);
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
