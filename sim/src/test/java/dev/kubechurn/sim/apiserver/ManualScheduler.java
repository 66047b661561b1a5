package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.TreeSet;

/** A scheduler whose time moves only when a test moves it. Safe from any thread. */
public final class ManualScheduler implements Scheduler, InstantSource {

    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparingLong(Timer::dueNanos).thenComparingLong(Timer::sequence));
    private long nanos;
    private long sequence;

    /** Moves time on and fires what comes due, each timer at its own moment. */
    public void advance(Duration duration) {
        long target = nanos() + duration.toNanos();
        while (true) {
            Timer due;
            synchronized (this) {
                if (timers.isEmpty() || timers.first().dueNanos() > target) {
                    nanos = target;
                    return;
                }
                due = timers.first();
                timers.remove(due);
                nanos = Math.max(nanos, due.dueNanos());
                due.dequeue();
            }
            due.fire();
        }
    }

    public synchronized int scheduled() {
        return timers.size();
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public long coarseNanos() {
        return nanos();
    }

    @Override
    public long coarseLagNanos() {
        return 0;
    }

    @Override
    public synchronized void schedule(Timer timer, long delayNanos) {
        if (timer.slot() != null) {
            throw new IllegalStateException("scheduled already");
        }
        timer.enqueue(nanos + Math.max(0, delayNanos), sequence++, this);
        timers.add(timer);
    }

    @Override
    public synchronized void cancel(Timer timer) {
        if (timer.slot() != null) {
            timers.remove(timer);
            timer.dequeue();
        }
    }

    @Override
    public Instant instant() {
        return ORIGIN.plusNanos(nanos());
    }
}
