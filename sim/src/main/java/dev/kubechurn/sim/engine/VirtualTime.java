package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import java.time.Duration;

/**
 * The scheduler of virtual time: a queue of timers in the order of (time, sequence), fired by whoever advances it. Time
 * passes in the queue alone, so that the same calls give the same history on every machine.
 *
 * <p>The queue is a small heap of what is due soon, exactly ordered, before a wheel of all the rest, coarsely ordered;
 * the wheel's base divides them. Their entries are numbers and a reference in arrays, so that nothing is allocated for
 * an event. A cancelled timer's entry stays until it comes up or until such entries are a fifth of all. See ADR 5.
 *
 * <p>For one thread. Times are in nanoseconds from 0 on; what would be due after {@link Long#MAX_VALUE} is due then.
 */
public final class VirtualTime implements Scheduler {

    /** With more entries than this in the heap some of them may belong into the wheel. */
    private static final int CROWD = 256;

    /** So many entries of cancelled timers are never worth a sweep. */
    private static final int MOST_CANCELLED = 1_024;

    private final TimerHeap near = new TimerHeap();
    private final TimerWheel far = new TimerWheel(near::add);
    private final TimerEntries put = this::put;
    private int crowd = CROWD;
    private long nowNanos;
    private long sequence;
    private long fired;
    private int pending;
    private int cancelled;

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
        if (timer.isScheduled()) {
            throw new IllegalStateException("the timer is already scheduled");
        }
        long dueNanos = later(delayNanos);
        long number = sequence++;
        timer.enqueue(dueNanos, number);
        pending++;
        if (dueNanos > far.baseNanos()) {
            far.add(dueNanos, number, timer);
        } else {
            near.add(dueNanos, number, timer);
            if (near.size() > crowd) {
                disperse();
            }
        }
    }

    @Override
    public void cancel(Timer timer) {
        if (!timer.isScheduled()) {
            return;
        }
        timer.dequeue();
        pending--;
        cancelled++;
        if (cancelled - MOST_CANCELLED > pending / 4) {
            cancelled -= far.sift(put) + near.sift(put);
        }
    }

    /** How many timers are waiting. */
    public int pendingTimers() {
        return pending;
    }

    /** How many timers have fired so far. */
    public long fired() {
        return fired;
    }

    /** Fires everything that is due now, also what becomes due now by it. */
    public void runDue() {
        runUntil(nowNanos);
    }

    /** Lets the time pass, firing what becomes due on the way, its very end included. */
    public void advance(Duration time) {
        runUntil(later(time.toNanos()));
    }

    /**
     * Lets the time pass to a moment, firing what becomes due on the way, the moment itself included. Time never goes
     * back: until an earlier moment than now there is nothing to do.
     *
     * @return how many timers fired
     */
    public long runUntil(long endNanos) {
        long before = fired;
        while (hasNext(endNanos)) {
            fireNext();
        }
        nowNanos = Math.max(nowNanos, endNanos);
        return fired - before;
    }

    /** When the next timer is due; {@link Long#MAX_VALUE} when none is waiting. */
    public long nextDueNanos() {
        if (pending == 0) {
            return Long.MAX_VALUE;
        }
        if (near.isEmpty() && cancelled == 0) {
            return far.nextDueNanos(); // without opening a slot long before its time
        }
        return hasNext(Long.MAX_VALUE) ? near.firstDueNanos() : Long.MAX_VALUE;
    }

    /**
     * Fires the next timer, letting the time pass to it.
     *
     * @return whether there was one
     */
    public boolean runNext() {
        if (!hasNext(Long.MAX_VALUE)) {
            return false;
        }
        fireNext();
        return true;
    }

    /** Whether a timer is due until a moment; if so, it is the heap's first one. */
    private boolean hasNext(long endNanos) {
        while (true) {
            if (near.isEmpty()) {
                if (far.isEmpty() || far.nextDueNanos() > endNanos) {
                    return false;
                }
                cancelled -= far.open();
                crowd = Math.max(CROWD, 2 * near.size());
            } else if (TimerEntries.isAwaited(near.firstSequence(), near.firstTimer())) {
                return near.firstDueNanos() <= endNanos;
            } else {
                near.removeFirst();
                cancelled--;
            }
        }
    }

    private void fireNext() {
        Timer timer = near.firstTimer();
        nowNanos = near.firstDueNanos();
        near.removeFirst();
        timer.dequeue();
        pending--;
        fired++;
        timer.fire();
    }

    /** Gives to the wheel what has crowded into the heap since its base went ahead, all but the very next timers. */
    private void disperse() {
        far.lowerBase(near.firstDueNanos());
        cancelled -= near.sift(put);
        crowd = Math.max(CROWD, 2 * near.size());
    }

    private void put(long dueNanos, long number, Timer timer) {
        if (dueNanos > far.baseNanos()) {
            far.add(dueNanos, number, timer);
        } else {
            near.add(dueNanos, number, timer);
        }
    }

    private long later(long delayNanos) {
        return nowNanos + Math.min(Math.max(0, delayNanos), Long.MAX_VALUE - nowNanos);
    }
}
