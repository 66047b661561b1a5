package dev.kubechurn.bench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A wheel whose slots are lists that are linked through the events, before a small four-ary heap. */
final class LinkedWheelQueue implements EventQueue {

    private static final int BITS = Integer.getInteger("linkedBits", 8);
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = (64 + BITS - 1) / BITS;
    private static final int WORDS = Math.max(1, SLOTS / 64);
    private static final int FEW = Integer.getInteger("few", 64);

    private final @Nullable HoldEvent[] heads = new @Nullable HoldEvent[LEVELS * SLOTS];
    private final long[] least = new long[LEVELS * SLOTS];
    private final int[] counts = new int[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS * WORDS];
    private int levels;
    private long base;
    private HoldEvent[] heap = new HoldEvent[1024];
    private int size;
    private long now;
    private long sequence;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void schedule(HoldEvent event, long delayNanos) {
        event.enqueue(now + delayNanos, sequence++, this);
        place(event);
    }

    private void place(HoldEvent event) {
        if (event.dueNanos() <= base) {
            push(event);
        } else {
            link(event);
        }
    }

    @Override
    public void cancel(HoldEvent event) {
        if (event.dueNanos() <= base) {
            remove(event.place);
        } else {
            unlink(event);
        }
        event.dequeue();
    }

    @Override
    public boolean runNext() {
        while (size == 0) {
            if (levels == 0) {
                return false;
            }
            open();
        }
        HoldEvent first = heap[0];
        remove(0);
        now = first.dueNanos();
        first.dequeue();
        first.fire();
        return true;
    }

    private int slotOf(long due) {
        int level = (63 - Long.numberOfLeadingZeros(due ^ base)) / BITS;
        return level * SLOTS + ((int) (due >>> (level * BITS)) & (SLOTS - 1));
    }

    private void link(HoldEvent event) {
        int slot = slotOf(event.dueNanos());
        HoldEvent head = heads[slot];
        event.next = head;
        event.previous = null;
        if (head == null) {
            int level = slot / SLOTS;
            occupied[level * WORDS + slot % SLOTS / 64] |= 1L << slot;
            levels |= 1 << level;
            least[slot] = event.dueNanos();
        } else {
            head.previous = event;
            least[slot] = Math.min(least[slot], event.dueNanos());
        }
        heads[slot] = event;
        counts[slot]++;
    }

    private void unlink(HoldEvent event) {
        int slot = slotOf(event.dueNanos());
        HoldEvent next = event.next;
        HoldEvent previous = event.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            heads[slot] = next;
            if (next == null) {
                vacate(slot);
            }
        }
        counts[slot]--;
    }

    private void vacate(int slot) {
        int level = slot / SLOTS;
        occupied[level * WORDS + slot % SLOTS / 64] &= ~(1L << slot);
        long any = 0;
        for (int i = 0; i < WORDS; i++) {
            any |= occupied[level * WORDS + i];
        }
        if (any == 0) {
            levels &= ~(1 << level);
        }
    }

    private void open() {
        int level = Integer.numberOfTrailingZeros(levels);
        int word = level * WORDS;
        while (occupied[word] == 0) {
            word++;
        }
        int slot = level * SLOTS + (word - level * WORDS) * 64 + Long.numberOfTrailingZeros(occupied[word]);
        HoldEvent event = heads[slot];
        heads[slot] = null;
        vacate(slot);
        base = counts[slot] <= FEW ? least[slot] | ((1L << (level * BITS)) - 1) : least[slot];
        counts[slot] = 0;
        while (event != null) {
            HoldEvent next = event.next;
            place(event);
            event = next;
        }
    }

    private void push(HoldEvent event) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        up(size++, event);
    }

    @SuppressWarnings("NullAway")
    private void remove(int place) {
        HoldEvent last = heap[--size];
        heap[size] = null;
        if (place < size) {
            if (place > 0 && before(last, heap[(place - 1) >> 2])) {
                up(place, last);
            } else {
                down(place, last);
            }
        }
    }

    private void up(int from, HoldEvent event) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >> 2;
            if (!before(event, heap[parent])) {
                break;
            }
            put(place, heap[parent]);
            place = parent;
        }
        put(place, event);
    }

    private void down(int from, HoldEvent event) {
        int place = from;
        for (int child = 4 * place + 1; child < size; child = 4 * place + 1) {
            int first = child;
            int end = Math.min(child + 4, size);
            for (int i = child + 1; i < end; i++) {
                if (before(heap[i], heap[first])) {
                    first = i;
                }
            }
            if (before(event, heap[first])) {
                break;
            }
            put(place, heap[first]);
            place = first;
        }
        put(place, event);
    }

    private void put(int place, HoldEvent event) {
        heap[place] = event;
        event.place = place;
    }

    private static boolean before(HoldEvent one, HoldEvent other) {
        long a = one.dueNanos();
        long b = other.dueNanos();
        return a < b || (a == b && one.sequence() < other.sequence());
    }
}
