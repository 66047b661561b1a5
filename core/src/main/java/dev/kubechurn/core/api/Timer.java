package dev.kubechurn.core.api;

import org.jspecify.annotations.Nullable;

/**
 * Work for later. Intrusive: the timer is itself the entry in the scheduler's queue, so that scheduling allocates
 * nothing beyond it. One timer belongs to one scheduler and is scheduled at most once at a time; after it fired or was
 * cancelled it may be scheduled again.
 */
public abstract class Timer {

    // Guarded by the scheduler that holds the timer.
    private long dueNanos;
    private long sequence;
    private @Nullable Object slot;

    /** What is to be done; must not block. */
    public abstract void fire();

    /** For schedulers: when the timer is due, on the scheduler's clock. */
    public final long dueNanos() {
        return dueNanos;
    }

    /** For schedulers: the place among timers that are due at one moment. */
    public final long sequence() {
        return sequence;
    }

    /** For schedulers: what they remember about a scheduled timer; null when it is not scheduled. */
    public final @Nullable Object slot() {
        return slot;
    }

    /** For schedulers: sets all bookkeeping. */
    public final void enqueue(long newDueNanos, long newSequence, Object newSlot) {
        dueNanos = newDueNanos;
        sequence = newSequence;
        slot = newSlot;
    }

    /** For schedulers: the timer is no longer scheduled. */
    public final void dequeue() {
        slot = null;
    }
}
