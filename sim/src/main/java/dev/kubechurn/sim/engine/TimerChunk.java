package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Timer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Some entries of one slot of a {@link TimerWheel}, in no order; a slot is a stack of chunks. */
final class TimerChunk {

    private static final int CAPACITY = Long.SIZE; // one bit for each entry

    /** The chunk below in the stack, be it a slot's or that of the spare ones. */
    @Nullable
    TimerChunk below;

    /** The time of entry {@code i} at {@code 2i}, its sequence behind. */
    private final long[] keys = new long[2 * CAPACITY];

    private final @Nullable Timer[] timers = new @Nullable Timer[CAPACITY];
    private int size;

    boolean isFull() {
        return size == CAPACITY;
    }

    /** The chunk must not be full. */
    void add(long dueNanos, long sequence, Timer timer) {
        int place = size++;
        keys[2 * place] = dueNanos;
        keys[2 * place + 1] = sequence;
        timers[place] = timer;
    }

    /** Hands all entries over and is empty then. */
    void drainTo(TimerEntries taker) {
        for (int i = 0; i < size; i++) {
            Timer timer = Objects.requireNonNull(timers[i]);
            timers[i] = null;
            taker.take(keys[2 * i], keys[2 * i + 1], timer);
        }
        size = 0;
    }

    /**
     * Hands over the entries whose timers still wait for them and is empty then; returns how many it dropped. It looks at
     * all timers before it hands over the first: they are far apart, and memory gives many as fast as one.
     */
    int drainWaitingTo(TimerEntries taker) {
        long waiting = waiting();
        for (int i = 0; i < size; i++) {
            Timer timer = Objects.requireNonNull(timers[i]);
            timers[i] = null;
            if ((waiting & (1L << i)) != 0) {
                taker.take(keys[2 * i], keys[2 * i + 1], timer);
            }
        }
        int dropped = size - Long.bitCount(waiting);
        size = 0;
        return dropped;
    }

    /** One bit for each entry, set if its timer still waits for it. */
    private long waiting() {
        long waiting = 0;
        for (int i = 0; i < size; i++) {
            if (TimerEntries.isAwaited(keys[2 * i + 1], Objects.requireNonNull(timers[i]))) {
                waiting |= 1L << i;
            }
        }
        return waiting;
    }
}
