package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Timer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Some entries of one slot of a {@link TimerWheel}, in no order; a slot is a stack of chunks. */
final class TimerChunk {

    private static final int CAPACITY = 64;

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
}
