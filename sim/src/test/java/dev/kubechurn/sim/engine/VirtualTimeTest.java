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

    private Timer timer(String name) {
        return new Timer() {
            @Override
            public void fire() {
                fired.add(name + "@" + time.nanos());
            }
        };
    }
}
