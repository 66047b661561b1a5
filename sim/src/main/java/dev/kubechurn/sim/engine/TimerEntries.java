package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Timer;

/** Takes entries of the queue of {@link VirtualTime}. */
interface TimerEntries {

    /** One time that a timer was scheduled; the timer may have been cancelled, and even scheduled again, since. */
    void take(long dueNanos, long sequence, Timer timer);

    /** Whether an entry's timer still waits, and for this entry. */
    static boolean isAwaited(long sequence, Timer timer) {
        return timer.sequence() == sequence;
    }
}
