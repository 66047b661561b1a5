package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** A deterministic {@link Scheduler}: time passes only when a test says so. For one thread. */
public final class VirtualScheduler implements Scheduler {

    /** Far from 0, so that code which takes 0 for "never" or "the start" shows it. */
    private static final long ORIGIN_NANOS = -Duration.ofDays(7).toNanos();

    /** A loop of timers without delay must not hang the build. */
    private static final int MOST_FIRINGS_PER_MOMENT = 100_000;

    private final TreeSet<Timer> queue =
            new TreeSet<>(Comparator.comparingLong(Timer::dueNanos).thenComparingLong(Timer::sequence));
    private long now = ORIGIN_NANOS;
    private long sequence;
    private long lagNanos;
    private boolean cancelsInVain;
    private Runnable beforeStamp = () -> {};

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long coarseNanos() {
        Runnable interloper = beforeStamp;
        beforeStamp = () -> {};
        interloper.run();
        return now - lagNanos;
    }

    @Override
    public long coarseLagNanos() {
        return lagNanos;
    }

    @Override
    public void schedule(Timer timer, long delayNanos) {
        if (timer.slot() != null) {
            throw new IllegalStateException("the timer is scheduled already");
        }
        timer.enqueue(now + Math.max(0, delayNanos), sequence++, this);
        queue.add(timer);
    }

    @Override
    public void cancel(Timer timer) {
        if (timer.slot() == this && !cancelsInVain) {
            queue.remove(timer);
            timer.dequeue();
        }
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    /** Has the coarse clock lag, as it may in wall time. */
    public void coarseLag(Duration lag) {
        lagNanos = lag.toNanos();
    }

    /** Has every timer fire though it is cancelled, as if it were firing on another thread just then. */
    public void cancelInVain() {
        cancelsInVain = true;
    }

    /** Has an action of "another thread" happen once, when the coarse clock is next asked. */
    public void beforeNextStamp(Runnable action) {
        beforeStamp = action;
    }

    /** Has the action run once, after a delay. */
    public Timer after(Duration delay, Runnable action) {
        Timer timer = new Timer() {
            @Override
            public void fire() {
                action.run();
            }
        };
        schedule(timer, delay.toNanos());
        return timer;
    }

    /** Lets time pass; timers that are due at the very end fire too. */
    public void advance(Duration duration) {
        advanceUntil(duration, () -> false);
    }

    /** Lets time pass until something is so, or until the duration is over; whether it became so. */
    public boolean advanceUntil(Duration limit, BooleanSupplier condition) {
        long end = now + limit.toNanos();
        runDue();
        while (!condition.getAsBoolean()) {
            if (queue.isEmpty() || queue.first().dueNanos() > end) {
                now = end;
                return false;
            }
            now = queue.first().dueNanos();
            runDue();
        }
        return true;
    }

    /** Fires everything that is due now, and what that makes due now. */
    public void runDue() {
        for (int fired = 0; !queue.isEmpty() && queue.first().dueNanos() <= now; fired++) {
            if (fired == MOST_FIRINGS_PER_MOMENT) {
                throw new AssertionError("timers without end at one moment");
            }
            fireFirst();
        }
    }

    private void fireFirst() {
        Timer timer = queue.first();
        queue.remove(timer);
        timer.dequeue();
        timer.fire();
    }

    /** How many timers are scheduled. */
    public int pending() {
        return queue.size();
    }

    /** The time since the scheduler was made. */
    public Duration elapsed() {
        return Duration.ofNanos(now - ORIGIN_NANOS);
    }
}
