package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of virtual time: a queue of timers in the order of (time, sequence), fired by whoever advances it. Time
 * passes in the queue alone, so that the same calls give the same history on every machine.
 *
 * <p>For one thread.
 */
public final class VirtualTime implements Scheduler {

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private long nowNanos;
    private long sequence;
    private int pending;

    @Override
    public long nanos() {
        return nowNanos;
    }

    @Override
    public long coarseNanos() {
        return nowNanos;
    }

    @Override
    public long coarseLagNanos() {
        return 0;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public void schedule(Timer timer, long delayNanos) {
        if (timer.slot() != null) {
            throw new IllegalStateException("the timer is scheduled already");
        }
        Entry entry = new Entry(timer, nowNanos + Math.max(0, delayNanos), sequence++);
        timer.enqueue(entry.dueNanos, entry.sequence, entry);
        queue.add(entry);
        pending++;
    }

    @Override
    public void cancel(Timer timer) {
        if (timer.slot() != null) {
            timer.dequeue(); // its entry stays in the queue and is passed over
            pending--;
        }
    }

    /** How many timers are waiting. */
    public int pendingTimers() {
        return pending;
    }

    /** Fires everything that is due now, also what becomes due now by it. */
    public void runDue() {
        runUntil(nowNanos);
    }

    /** Lets the time pass, firing what becomes due on the way, its very end included. */
    public void advance(Duration time) {
        runUntil(nowNanos + time.toNanos());
    }

    /** When the next timer is due; {@link Long#MAX_VALUE} when none is waiting. */
    public long nextDueNanos() {
        Entry next = peek();
        return next == null ? Long.MAX_VALUE : next.dueNanos;
    }

    /**
     * Fires the next timer, letting the time pass to it.
     *
     * @return whether there was one
     */
    public boolean runNext() {
        Entry next = peek();
        if (next == null) {
            return false;
        }
        fire(next);
        return true;
    }

    private void runUntil(long endNanos) {
        for (Entry next = peek(); next != null && next.dueNanos <= endNanos; next = peek()) {
            fire(next);
        }
        nowNanos = endNanos;
    }

    private @Nullable Entry peek() {
        Entry next = queue.peek();
        while (next != null && next.timer.slot() != next) {
            queue.remove();
            next = queue.peek();
        }
        return next;
    }

    private void fire(Entry entry) {
        queue.remove();
        nowNanos = entry.dueNanos;
        entry.timer.dequeue();
        pending--;
        entry.timer.fire();
    }

    /** One time that a timer is scheduled. */
    private record Entry(Timer timer, long dueNanos, long sequence) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
