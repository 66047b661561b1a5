package dev.kubechurn.core.api;

import org.jspecify.annotations.Nullable;

/**
 * Work for later. Intrusive: the timer is itself the entry in the scheduler's queue, so that scheduling allocates
 * nothing beyond it. One timer belongs to one scheduler and is scheduled at most once at a time; after it fired or was
 * cancelled it may be scheduled again.
 */
public abstract class Timer {

    private static final long NOT_SCHEDULED = -1;

    // Guarded by the scheduler that holds the timer.
    private long dueNanos;
    private long sequence = NOT_SCHEDULED;
    private @Nullable Object slot;

    /** What is to be done; must not block. */
    public abstract void fire();

    /** Whether the timer is scheduled and has neither fired nor been cancelled. */
    public final boolean isScheduled() {
        return sequence != NOT_SCHEDULED;
    }

    /** For schedulers: when the timer is due, on the scheduler's clock. */
    public final long dueNanos() {
        return dueNanos;
    }

    /** For schedulers: the place among timers that are due at one moment; negative when it is not scheduled. */
    public final long sequence() {
        return sequence;
    }

    /** For schedulers: what they remember about a scheduled timer, if anything; null when it is not scheduled. */
    public final @Nullable Object slot() {
        return slot;
    }

    /** For schedulers: sets all bookkeeping. */
    public final void enqueue(long newDueNanos, long newSequence, Object newSlot) {
        enqueue(newDueNanos, newSequence);
        slot = newSlot;
    }

    /**
     * For schedulers that remember nothing else about a timer. No reference is written then, which would have a garbage
     * collector look at each timer that has fired since its last time.
     *
     * @param newSequence 0 or more
     */
    public final void enqueue(long newDueNanos, long newSequence) {
        dueNanos = newDueNanos;
        sequence = newSequence;
    }

    /** For schedulers: the timer is no longer scheduled. */
    public final void dequeue() {
        sequence = NOT_SCHEDULED;
        if (slot != null) {
            slot = null;
        }
    }
}
