package dev.kubechurn.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kubechurn.core.api.Timer;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an event in virtual time costs the garbage collector. */
final class VirtualTimeAllocationTest {

    private static final int TIMERS = 20_000;
    private static final int EVENTS = 200_000;

    /** Growth of the arrays towards their largest may be left; one object for each event would be 3.2 MB. */
    private static final long MEASURING_BYTES = 16_384;

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    @DisplayName("200,000 events that schedule themselves again, some cancelled before, allocate nothing")
    void eventsAllocateNothing() {
        Timer[] timers = new Timer[TIMERS];
        for (int i = 0; i < TIMERS; i++) {
            timers[i] = new Again();
            time.schedule(timers[i], delay());
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long before = allocated();
            run(timers);
            least = Math.min(least, allocated() - before);
        }

        assertThat(time.fired()).isEqualTo(8L * EVENTS);
        assertThat(time.pendingTimers()).isEqualTo(TIMERS);
        assertThat(least).isLessThanOrEqualTo(MEASURING_BYTES);
    }

    @Test
    @DisplayName("What is scheduled and cancelled again and again leaves nothing to pile up")
    void cancelledTimersDoNotPileUp() {
        Timer timer = new Again();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long before = allocated();
            for (int i = 0; i < EVENTS; i++) {
                time.schedule(timer, 3_600_000_000_000L);
                time.cancel(timer);
            }
            least = Math.min(least, allocated() - before);
        }

        assertThat(time.pendingTimers()).isZero();
        assertThat(least).isLessThanOrEqualTo(MEASURING_BYTES);
    }

    private void run(Timer[] timers) {
        for (int i = 0; i < EVENTS; i++) {
            time.runNext();
            if (i % 8 == 0) {
                Timer timer = timers[random.nextInt(TIMERS)];
                time.cancel(timer);
                time.schedule(timer, delay());
            }
        }
    }

    /** Short and long ones. */
    private long delay() {
        return random.nextLong(random.nextBoolean() ? 10_000_000L : 240_000_000_000L);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private final class Again extends Timer {

        @Override
        public void fire() {
            time.schedule(this, delay());
        }
    }
}
