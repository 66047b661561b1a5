package dev.kubechurn.sim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommitsTest {

    private final Commits commits = new Commits();

    @Test
    void anObjectThatWasNeverWrittenHasNoCommits() {
        assertThat(commits.latest()).isZero();
        assertThat(times(0, Long.MAX_VALUE)).isEmpty();
        assertThat(commits.countBetween(0, 100)).isZero();
    }

    @Test
    void betweenLeavesOutWhatWasSeenAndTakesInWhatIsNow() {
        for (int i = 1; i <= 5; i++) {
            commits.add(10L * i, 1_000L * i);
        }
        assertThat(commits.latest()).isEqualTo(50);
        assertThat(times(20, 40)).containsExactly(3_000L, 4_000L);
        assertThat(times(25, 45)).containsExactly(3_000L, 4_000L);
        assertThat(times(50, 50)).isEmpty();
        assertThat(times(60, 20)).isEmpty();
        assertThat(commits.countBetween(20, 40)).isEqualTo(2);
        assertThat(commits.countBetween(0, Long.MAX_VALUE)).isEqualTo(5);
        assertThat(commits.countBetween(60, 20)).isZero();
    }

    private List<Long> times(long seen, long now) {
        List<Long> times = new ArrayList<>();
        commits.between(seen, now, times::add);
        return times;
    }
}
