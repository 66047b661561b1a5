package dev.kubechurn.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.core.api.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualTimeTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> fired = new ArrayList<>();

    @Test
    void firesInOrderOfTimeThenOfScheduling() {
        time.schedule(timer("late"), 20);
        time.schedule(timer("first of two"), 10);
        time.schedule(timer("second of two"), 10);
        time.advance(Duration.ofNanos(20));
        assertThat(fired).containsExactly("first of two@10", "second of two@10", "late@20");
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void advanceIncludesItsVeryEndAndNothingBeyond() {
        time.schedule(timer("end"), 10);
        time.schedule(timer("beyond"), 11);
        time.advance(Duration.ofNanos(10));
        assertThat(fired).containsExactly("end@10");
        assertThat(time.nanos()).isEqualTo(10);
    }

    @Test
    void aCancelledTimerDoesNotFireAndMayBeScheduledAgain() {
        Timer timer = timer("again");
        time.schedule(timer, 10);
        time.cancel(timer);
        time.cancel(timer);
        time.schedule(timer, 5);
        time.advance(Duration.ofNanos(100));
        assertThat(fired).containsExactly("again@5");
    }

    @Test
    void aTimerIsScheduledOnceAtATime() {
        Timer timer = timer("twice");
        time.schedule(timer, 10);
        assertThatThrownBy(() -> time.schedule(timer, 10)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatATimerSchedulesForNowFiresInTheSameAdvance() {
        time.schedule(
                new Timer() {
                    @Override
                    public void fire() {
                        time.schedule(timer("nested"), -5);
                    }
                },
                10);
        time.advance(Duration.ofNanos(10));
        assertThat(fired).containsExactly("nested@10");
    }

    @Test
    void runUntilCountsWhatFiresAndNeverGoesBack() {
        time.schedule(timer("a"), 10);
        time.schedule(timer("b"), 20);
        time.schedule(timer("c"), 30);
        assertThat(time.runUntil(20)).isEqualTo(2);
        assertThat(time.runUntil(5)).isZero();
        assertThat(time.nanos()).isEqualTo(20);
        assertThat(time.fired()).isEqualTo(2);
        assertThat(time.nextDueNanos()).isEqualTo(30);
    }

    @Test
    void aDelayBeyondTheEndOfTimeIsDueAtItsEnd() {
        time.advance(Duration.ofDays(1));
        time.schedule(timer("end of time"), Long.MAX_VALUE);
        time.schedule(timer("in a century"), Duration.ofDays(36_500).toNanos());
        time.runUntil(Long.MAX_VALUE);
        assertThat(fired).containsExactly("in a century@3153686400000000000", "end of time@" + Long.MAX_VALUE);
    }

    @Test
    void lookingFarAheadDoesNotDisturbWhatIsScheduledBefore() {
        Timer cancelled = timer("cancelled");
        time.schedule(cancelled, 3_000_000_000L);
        time.schedule(timer("hour"), Duration.ofHours(1).toNanos());
        time.cancel(cancelled);
        assertThat(time.nextDueNanos()).isEqualTo(Duration.ofHours(1).toNanos());
        for (int i = 1_000; i > 0; i--) {
            time.schedule(timer("soon"), i * 1_000_000L);
        }
        assertThat(time.runUntil(1_000_000_000L)).isEqualTo(1_000);
        assertThat(fired).startsWith("soon@1000000", "soon@2000000").endsWith("soon@1000000000");
        assertThat(time.nextDueNanos()).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void whatWasSeenFarAheadKeepsItsTimeWhenManyAreScheduledBeforeIt() {
        Timer past = timer("cancelled");
        time.schedule(past, 1);
        List<Timer> ahead = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ahead.add(timer("ahead " + i));
            time.schedule(ahead.get(i), (1L << 36) + ((1L + i) << 29)); // one slot that has many slots below it
        }
        time.cancel(past);
        assertThat(time.nextDueNanos()).isEqualTo((1L << 36) + (1L << 29));
        time.cancel(ahead.get(0));
        for (int i = 0; i < 300; i++) {
            time.schedule(timer("soon"), 1_000_000L + i);
        }
        assertThat(time.runUntil((1L << 36) + (2L << 29))).isEqualTo(301);
        assertThat(fired).last().isEqualTo("ahead 1@" + ((1L << 36) + (2L << 29)));
    }

    @Test
    void whatACallbackThrowsLeavesTheRestInOrder() {
        time.schedule(
                new Timer() {
                    @Override
                    public void fire() {
                        throw new IllegalStateException("broken");
                    }
                },
                10);
        time.schedule(timer("after"), 10);
        assertThatThrownBy(() -> time.runUntil(20)).hasMessage("broken");
        assertThat(time.runUntil(20)).isOne();
        assertThat(fired).containsExactly("after@10");
    }

    private Timer timer(String name) {
        return new Timer() {
            @Override
            public void fire() {
                fired.add(name + "@" + time.nanos());
            }
        };
    }
}
