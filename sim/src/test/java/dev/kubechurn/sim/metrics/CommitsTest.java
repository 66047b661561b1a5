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
            commits.add(10L * i, 1_000L * i, false);
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

    /** What another process wrote is heard of in no order, and more than once. */
    @Test
    void whatIsLearnedTakesItsPlace() {
        commits.learn(30, 3_000, true);
        commits.learn(10, 1_000, false);
        commits.learn(50, 5_000, false);
        commits.learn(20, 2_000, false);
        commits.learn(40, 4_000, true);
        commits.learn(30, 9_999, false);
        assertThat(times(0, Long.MAX_VALUE)).containsExactly(1_000L, 2_000L, 3_000L, 4_000L, 5_000L);
        assertThat(commits.latest()).isEqualTo(50);
        assertThat(commits.newest()).isEqualTo(50);
        assertThat(List.of(10L, 20L, 30L, 40L, 50L).stream().map(commits::isImmutable))
                .containsExactly(false, false, true, true, false);
        assertThat(commits.isVersion(20)).isTrue();
        assertThat(commits.outdatedFor(20, 3_500)).isEqualTo(500);
    }

    @Test
    void aDeletionIsNoVersionButAChange() {
        assertThat(commits.exists()).isFalse();
        commits.add(10, 1_000, false);
        assertThat(commits.exists()).isTrue();
        commits.delete(20, 2_000);
        assertThat(commits.exists()).isFalse();
        assertThat(commits.latest()).isEqualTo(10);
        assertThat(commits.newest()).isEqualTo(20);
        assertThat(commits.deletedAfter(10)).isTrue();
        assertThat(commits.deletedAfter(20)).isFalse();
        assertThat(commits.isVersion(20)).isFalse();
        commits.add(30, 3_000, true);
        assertThat(commits.exists()).isTrue();
        assertThat(times(0, Long.MAX_VALUE)).containsExactly(1_000L, 3_000L);
        assertThat(commits.newestUpTo(29)).isEqualTo(20);
        assertThat(commits.newestUpTo(19)).isEqualTo(10);
        assertThat(commits.newestUpTo(9)).isZero();
    }

    @Test
    void aVersionIsOutdatedFromTheNextVersionOrDeletionOn() {
        commits.add(10, 1_000, false);
        assertThat(commits.outdatedFor(10, 9_000)).isZero();
        commits.delete(20, 2_000);
        assertThat(commits.outdatedFor(10, 9_000)).isEqualTo(7_000);
        commits.add(30, 3_000, false);
        commits.add(40, 4_000, false);
        assertThat(commits.outdatedFor(10, 9_000)).isEqualTo(7_000);
        assertThat(commits.outdatedFor(30, 9_000)).isEqualTo(5_000);
        assertThat(commits.outdatedFor(40, 9_000)).isZero();
    }

    @Test
    void immutabilityBelongsToAVersion() {
        commits.add(10, 1_000, false);
        commits.add(20, 2_000, true);
        assertThat(commits.isImmutable(10)).isFalse();
        assertThat(commits.isImmutable(20)).isTrue();
        assertThat(commits.isImmutable(15)).isFalse();
    }

    private List<Long> times(long seen, long now) {
        List<Long> times = new ArrayList<>();
        commits.between(seen, now, times::add);
        return times;
    }
}
