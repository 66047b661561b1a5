package dev.kubechurn.bench;

import java.util.SplittableRandom;

/**
 * As many pending events as there were at first: each that fires is scheduled again, one in eight has another one
 * cancelled and scheduled anew. Half of the delays are exponential about 5 ms, half about 2 min.
 */
final class HoldModel {

    private static final int DELAYS = 1 << 13;
    private static final double SHORT_NANOS = 5e6;
    private static final double LONG_NANOS = 120e9;

    private final EventQueue queue;
    private final HoldEvent[] events;
    private final long[] delays = new long[DELAYS];
    private long state = 0x9E3779B97F4A7C15L;

    HoldModel(EventQueue queue, int pending) {
        this.queue = queue;
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DELAYS; i++) {
            double mean = i % 2 == 0 ? SHORT_NANOS : LONG_NANOS;
            delays[i] = (long) (-Math.log(1 - random.nextDouble()) * mean);
        }
        events = new HoldEvent[pending];
        for (int i = 0; i < pending; i++) {
            events[i] = new HoldEvent(this);
            queue.schedule(events[i], delay());
        }
    }

    void fired(HoldEvent event) {
        queue.schedule(event, delay());
        long random = state;
        if ((random >>> 61) == 0) {
            HoldEvent other = events[(int) ((((random >>> 20) & 0xFFFFFFFFL) * events.length) >>> 32)];
            queue.cancel(other);
            queue.schedule(other, delay());
        }
    }

    /** A delay of the table, spread by some nanoseconds. */
    private long delay() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        long delay = delays[(int) (state >>> 40) & (DELAYS - 1)];
        return delay + (((state & 0xFFFF) * delay) >>> 20);
    }
}
