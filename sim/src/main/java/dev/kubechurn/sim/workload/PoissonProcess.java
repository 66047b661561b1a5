package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Something that happens again and again, independently, at a constant rate. The due times come from the stream alone,
 * never from how long the work took: what is late is done late and counted from its due time.
 *
 * <p>Safe from any thread; the work runs without any lock on the scheduler's threads, one occurrence after the other.
 */
final class PoissonProcess extends Timer {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final double perSecond;
    private final LongConsumer work;
    // Guarded by this.
    private long nextNanos;
    private long untilNanos = Long.MAX_VALUE;
    private Runnable over = () -> {};
    private boolean working;
    private boolean stopped;

    /**
     * A process that has not begun.
     *
     * @param work is given the time at which it was due, on the scheduler's clock
     */
    PoissonProcess(Scheduler scheduler, SplittableRandom random, double perSecond, LongConsumer work) {
        this.scheduler = scheduler;
        this.random = random;
        this.perSecond = perSecond;
        this.work = work;
    }

    /** Begins at {@code fromNanos}, on the scheduler's clock; does nothing at a rate of zero. */
    synchronized void start(long fromNanos) {
        if (perSecond > 0) {
            nextNanos = fromNanos + gapNanos();
            scheduleNext();
        }
    }

    /**
     * Goes on with what is due before {@code until}, and no further.
     *
     * @param told when nothing of it is left; at once, where nothing is
     */
    void finish(long until, Runnable told) {
        synchronized (this) {
            untilNanos = until;
            over = told;
            if (!isOver()) {
                return;
            }
            scheduler.cancel(this);
        }
        told.run();
    }

    /** Whether nothing is due any more before the end that {@link #finish} set. */
    synchronized boolean isOver() {
        return !working && (stopped || perSecond == 0 || nextNanos >= untilNanos);
    }

    synchronized void stop() {
        stopped = true;
        scheduler.cancel(this);
    }

    @Override
    public void fire() {
        long due;
        synchronized (this) {
            if (stopped) {
                return;
            }
            due = nextNanos;
            if (due >= untilNanos) {
                return;
            }
            nextNanos = due + gapNanos();
            working = true;
        }
        work.accept(due);
        goOn();
    }

    private void goOn() {
        Runnable told;
        synchronized (this) {
            working = false;
            scheduleNext();
            if (!isOver()) {
                return;
            }
            told = over;
        }
        told.run();
    }

    private synchronized void scheduleNext() {
        if (!stopped && nextNanos < untilNanos) {
            scheduler.schedule(this, nextNanos - scheduler.nanos());
        }
    }

    private long gapNanos() {
        return (long) (-StrictMath.log(1 - random.nextDouble()) / perSecond * NANOS_PER_SECOND);
    }
}
