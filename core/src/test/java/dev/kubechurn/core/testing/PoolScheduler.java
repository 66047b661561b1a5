package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/** A {@link Scheduler} in wall time on a fixed pool, for tests of concurrency. Safe from any thread. */
public final class PoolScheduler implements Scheduler, AutoCloseable {

    private static final String THREAD_NAME = "pool-scheduler";

    private final ScheduledThreadPoolExecutor pool;
    private final long speed;
    private final LongUnaryOperator realDelayNanos;

    public PoolScheduler(int threads) {
        this(threads, 1, LongUnaryOperator.identity());
    }

    /**
     * @param speed how many nanoseconds the clock goes in one
     * @param realDelayNanos how long a timer really waits, so that no test depends on a machine's speed
     */
    public PoolScheduler(int threads, long speed, LongUnaryOperator realDelayNanos) {
        this.speed = speed;
        this.realDelayNanos = realDelayNanos;
        pool = new ScheduledThreadPoolExecutor(threads, work -> {
            Thread thread = new Thread(work, THREAD_NAME);
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
        return System.nanoTime() * speed;
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
    public void schedule(Timer timer, long delayNanos) {
        synchronized (timer) {
            if (timer.slot() != null) {
                throw new IllegalStateException("the timer is scheduled already");
            }
            long delay = realDelayNanos.applyAsLong(Math.max(0, delayNanos));
            timer.enqueue(0, 0, pool.schedule(() -> fire(timer), delay, TimeUnit.NANOSECONDS));
        }
    }

    private static void fire(Timer timer) {
        synchronized (timer) {
            timer.dequeue();
        }
        timer.fire();
    }

    @Override
    public void cancel(Timer timer) {
        synchronized (timer) {
            if (timer.slot() instanceof Future<?> future) {
                future.cancel(false);
                timer.dequeue();
            }
        }
    }

    @Override
    public boolean mayBlock() {
        return !Thread.currentThread().getName().equals(THREAD_NAME);
    }

    /** Runs work on the pool as soon as may be. */
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** How many timers and pieces of work have not begun. */
    public int pending() {
        return pool.getQueue().size();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
