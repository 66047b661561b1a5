package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Scheduled timers that are due after a moment, the base, in coarse order. A time is a number of eleven digits of six
 * bits. A timer lies at the level of the highest digit in which its time differs from the base, in the slot of its own
 * digit there: the next timers lie in the first slot of the lowest level that has any, and no time is too far away.
 */
final class TimerWheel {

    private static final int DIGIT_BITS = 6;
    private static final int SLOTS = 1 << DIGIT_BITS; // of one level; as many as a long has bits
    private static final int LEVELS = (Long.SIZE + DIGIT_BITS - 1) / DIGIT_BITS;

    private final TimerEntries due;
    private final TimerEntries spread = this::spread;
    private final SpareChunks spares = new SpareChunks();

    // A slot's index is level * SLOTS + digit.
    private final @Nullable TimerChunk[] stacks = new @Nullable TimerChunk[LEVELS * SLOTS];
    private final long[] boundNanos = new long[LEVELS * SLOTS];

    /** One bit for each slot that has entries. */
    private final long[] occupied = new long[LEVELS];

    /** One bit for each level that has entries. */
    private int levels;

    private long baseNanos;

    /** @param due given what comes to be due at the base or before when a slot is opened; a few may be of cancelled timers */
    TimerWheel(TimerEntries due) {
        this.due = due;
    }

    long baseNanos() {
        return baseNanos;
    }

    boolean isEmpty() {
        return levels == 0;
    }

    /**
     * When the next entry is due; the wheel must not be empty. The entry may be one of a cancelled timer: then no other
     * is due earlier.
     */
    long nextDueNanos() {
        return boundNanos[firstSlot()];
    }

    /** The entry must be due after the base. */
    void add(long dueNanos, long sequence, Timer timer) {
        int slot = slotOf(dueNanos);
        TimerChunk top = stacks[slot];
        if (top == null) {
            occupy(slot, dueNanos);
        } else {
            boundNanos[slot] = Math.min(boundNanos[slot], dueNanos);
        }
        if (top == null || top.isFull()) {
            top = spares.push(top);
            stacks[slot] = top;
        }
        top.add(dueNanos, sequence, timer);
    }

    /**
     * Opens the first slot; the wheel must not be empty. Of few entries all become due, with the base at the slot's end:
     * it is their number that sets how finely time is divided. Of many the first ones do, and the rest goes to lower
     * levels.
     *
     * @return how many entries of cancelled timers it dropped
     */
    int open() {
        int slot = firstSlot();
        TimerChunk stack = vacate(slot);
        if (stack != null && stack.below == null) {
            baseNanos = boundNanos[slot] | ((1L << (slot / SLOTS * DIGIT_BITS)) - 1);
            return spares.drainWaiting(stack, due);
        }
        baseNanos = boundNanos[slot];
        spares.drain(stack, spread);
        return 0;
    }

    private void spread(long dueNanos, long sequence, Timer timer) {
        if (dueNanos <= baseNanos) {
            due.take(dueNanos, sequence, timer);
        } else {
            add(dueNanos, sequence, timer);
        }
    }

    /** Takes the base back to an earlier moment; what was due between the two is for the caller to add. */
    void lowerBase(long earlierNanos) {
        if (earlierNanos == baseNanos) {
            return;
        }
        // All that lies lower shares the old base's digit at this level, and differs from the new base there.
        int level = levelOf(earlierNanos);
        int shared = level * SLOTS + digit(baseNanos, level);
        for (int slot = 0; slot < level * SLOTS; slot++) {
            TimerChunk stack = stacks[slot];
            if (stack != null) {
                vacate(slot);
                putOn(shared, stack, boundNanos[slot]);
            }
        }
        baseNanos = earlierNanos;
    }

    private void putOn(int slot, TimerChunk stack, long leastNanos) {
        TimerChunk bottom = stack;
        while (bottom.below != null) {
            bottom = bottom.below;
        }
        bottom.below = stacks[slot];
        occupy(slot, bottom.below == null ? leastNanos : Math.min(boundNanos[slot], leastNanos));
        stacks[slot] = stack;
    }

    /**
     * Hands over every entry that is in the wheel now, but those of cancelled timers; the taker may add it again.
     *
     * @return how many it dropped
     */
    int sift(TimerEntries taker) {
        int dropped = 0;
        for (int slot = 0; slot < stacks.length; slot++) {
            if (stacks[slot] != null) {
                dropped += spares.drainWaiting(vacate(slot), taker);
            }
        }
        return dropped;
    }

    private int firstSlot() {
        int level = Integer.numberOfTrailingZeros(levels);
        return level * SLOTS + Long.numberOfTrailingZeros(occupied[level]);
    }

    private int slotOf(long nanos) {
        int level = levelOf(nanos);
        return level * SLOTS + digit(nanos, level);
    }

    private int levelOf(long nanos) {
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos ^ baseNanos)) / DIGIT_BITS;
    }

    private static int digit(long nanos, int level) {
        return (int) (nanos >>> (level * DIGIT_BITS)) & (SLOTS - 1);
    }

    private void occupy(int slot, long leastNanos) {
        boundNanos[slot] = leastNanos;
        occupied[slot / SLOTS] |= 1L << (slot % SLOTS);
        levels |= 1 << (slot / SLOTS);
    }

    private @Nullable TimerChunk vacate(int slot) {
        int level = slot / SLOTS;
        occupied[level] &= ~(1L << (slot % SLOTS));
        if (occupied[level] == 0) {
            levels &= ~(1 << level);
        }
        TimerChunk stack = stacks[slot];
        stacks[slot] = null;
        return stack;
    }
}
