package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Timer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A four-ary heap of scheduled timers in the order of (time, sequence). The keys lie beside each other in one array, so
 * that finding an entry's place touches no timer. Meant to be small: its owner keeps the crowd in {@link TimerWheel}.
 */
final class TimerHeap {

    private static final int FEWEST = 64;

    /** The time of entry {@code i} at {@code 2i}, its sequence behind. */
    private long[] keys = new long[2 * FEWEST];

    private @Nullable Timer[] timers = new @Nullable Timer[FEWEST];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** When the first entry is due; there must be one. */
    long firstDueNanos() {
        return keys[0];
    }

    /** The sequence of the first entry; there must be one. */
    long firstSequence() {
        return keys[1];
    }

    /** The timer of the first entry; there must be one. */
    Timer firstTimer() {
        return Objects.requireNonNull(timers[0]);
    }

    void add(long dueNanos, long sequence, Timer timer) {
        if (size == timers.length) {
            timers = Arrays.copyOf(timers, 2 * size);
            keys = Arrays.copyOf(keys, 4 * size);
        }
        siftUp(size++, dueNanos, sequence, timer);
    }

    void removeFirst() {
        size--;
        Timer last = Objects.requireNonNull(timers[size]);
        timers[size] = null;
        if (size > 0) {
            siftDown(keys[2 * size], keys[2 * size + 1], last);
        }
    }

    /**
     * Hands over every entry that is in the heap now, but those of cancelled timers, in no order; the taker may add it
     * again.
     *
     * @return how many it dropped
     */
    int sift(TimerEntries taker) {
        int dropped = 0;
        int end = size;
        size = 0;
        for (int i = 0; i < end; i++) {
            Timer timer = Objects.requireNonNull(timers[i]);
            timers[i] = null;
            if (TimerEntries.isAwaited(keys[2 * i + 1], timer)) {
                // What comes back lands at i at most: so many places are free.
                taker.take(keys[2 * i], keys[2 * i + 1], timer);
            } else {
                dropped++;
            }
        }
        return dropped;
    }

    private void siftUp(int from, long dueNanos, long sequence, Timer timer) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >> 2;
            if (!before(dueNanos, sequence, parent)) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, dueNanos, sequence, timer);
    }

    private void siftDown(long dueNanos, long sequence, Timer timer) {
        int place = 0;
        for (int child = 1; child < size; child = 4 * place + 1) {
            int least = leastOf(child, Math.min(child + 4, size));
            if (before(dueNanos, sequence, least)) {
                break;
            }
            move(least, place);
            place = least;
        }
        put(place, dueNanos, sequence, timer);
    }

    private int leastOf(int first, int end) {
        int least = first;
        for (int i = first + 1; i < end; i++) {
            if (before(keys[2 * i], keys[2 * i + 1], least)) {
                least = i;
            }
        }
        return least;
    }

    private boolean before(long dueNanos, long sequence, int other) {
        long otherDue = keys[2 * other];
        return dueNanos < otherDue || (dueNanos == otherDue && sequence < keys[2 * other + 1]);
    }

    private void move(int from, int to) {
        keys[2 * to] = keys[2 * from];
        keys[2 * to + 1] = keys[2 * from + 1];
        timers[to] = timers[from];
    }

    private void put(int place, long dueNanos, long sequence, Timer timer) {
        keys[2 * place] = dueNanos;
        keys[2 * place + 1] = sequence;
        timers[place] = timer;
    }
}
