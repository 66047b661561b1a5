package dev.kubechurn.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.core.api.Timer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WallClockTest {

    private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);

    private final BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(10);
    private final BlockingQueue<Boolean> mayBlock = new ArrayBlockingQueue<>(10);
    private final WallClock clock = new WallClock(2, failures::add);

    @AfterEach
    void close() {
        clock.close();
    }

    @Test
    void firesATimerOnAThreadThatMustNotWait() throws InterruptedException {
        clock.schedule(reporter(), 0);
        assertThat(mayBlock.poll(30, TimeUnit.SECONDS)).isFalse();
        assertThat(clock.mayBlock()).isTrue();
    }

    @Test
    void aTimerMayBeScheduledAgainAfterItFired() throws InterruptedException {
        Timer timer = reporter();
        clock.schedule(timer, 0);
        assertThat(mayBlock.poll(30, TimeUnit.SECONDS)).isNotNull();
        clock.schedule(timer, 0);
        assertThat(mayBlock.poll(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aCancelledTimerIsForgotten() {
        Timer timer = reporter();
        clock.schedule(timer, LONG_NANOS);
        assertThat(clock.pendingTimers()).isOne();
        clock.cancel(timer);
        clock.cancel(timer);
        assertThat(clock.pendingTimers()).isZero();
        clock.schedule(timer, LONG_NANOS);
        assertThat(clock.pendingTimers()).isOne();
    }

    @Test
    void aTimerIsScheduledOnceAtATime() {
        Timer timer = reporter();
        clock.schedule(timer, LONG_NANOS);
        assertThatThrownBy(() -> clock.schedule(timer, LONG_NANOS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatATimerThrowsIsReportedAndTheClockGoesOn() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("planted");
        clock.schedule(
                new Timer() {
                    @Override
                    public void fire() {
                        throw failure;
                    }
                },
                0);
        assertThat(failures.poll(30, TimeUnit.SECONDS)).isSameAs(failure);
        clock.schedule(reporter(), 0);
        assertThat(mayBlock.poll(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aClosedClockTakesTimersAndFiresNone() {
        clock.close();
        clock.schedule(reporter(), 0);
        assertThat(mayBlock).isEmpty();
    }

    private Timer reporter() {
        return new Timer() {
            @Override
            public void fire() {
                mayBlock.add(clock.mayBlock());
            }
        };
    }
}
