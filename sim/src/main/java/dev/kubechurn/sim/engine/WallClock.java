package dev.kubechurn.sim.engine;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of real time: a few threads that fire timers, and one coarse tick for stamps of last access.
 *
 * <p>Safe from any thread. After {@link #close} timers are taken and never fire.
 */
public final class WallClock implements Scheduler, AutoCloseable {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> onFailure;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private final ReentrantLock lastTimer = new ReentrantLock();
    private final Condition noTimers = lastTimer.newCondition();
    private final Future<?> tick;
    private volatile long coarseNanos = System.nanoTime();

    /**
     * @param threads how many timers may fire at once
     * @param onFailure told of anything that a timer throws; the clock goes on
     */
    public WallClock(int threads, Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        executor = new ScheduledThreadPoolExecutor(threads, new EngineThreads("timer"));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        tick = executor.scheduleAtFixedRate(
                () -> coarseNanos = System.nanoTime(), TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    /** Wall time for whoever shows or tells how fast something was; monotonic, with an arbitrary origin. */
    public static long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long coarseNanos() {
        return coarseNanos;
    }

    @Override
    public long coarseLagNanos() {
        return LAG_NANOS;
    }

    @Override
    public boolean mayBlock() {
        return !EngineThreads.isEngineThread();
    }

    @Override
    public void schedule(Timer timer, long delayNanos) {
        synchronized (timer) {
            if (timer.slot() != null) {
                throw new IllegalStateException("the timer is already scheduled");
            }
            long delay = Math.max(0, delayNanos);
            Entry entry = new Entry(timer);
            timer.enqueue(System.nanoTime() + delay, sequence.getAndIncrement(), entry);
            pending.incrementAndGet();
            if (!executor.isShutdown()) {
                entry.start(delay);
            }
        }
    }

    @Override
    public void cancel(Timer timer) {
        synchronized (timer) {
            if (timer.slot() instanceof Entry entry) {
                forget(timer);
                entry.cancel();
            }
        }
    }

    /** How many timers are waiting; for the checks at the end of a run. */
    public int pendingTimers() {
        return pending.get();
    }

    /**
     * Waits until no timer is waiting, for at most {@code limit}.
     *
     * @return whether none is
     */
    public boolean awaitNoTimers(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lastTimer.lock();
        try {
            while (pending.get() > 0 && left > 0) {
                left = noTimers.awaitNanos(left);
            }
            return pending.get() == 0;
        } finally {
            lastTimer.unlock();
        }
    }

    private void forget(Timer timer) {
        timer.dequeue();
        if (pending.decrementAndGet() == 0) {
            lastTimer.lock();
            try {
                noTimers.signalAll();
            } finally {
                lastTimer.unlock();
            }
        }
    }

    /** Fires nothing any more; does not wait for what is firing. */
    @Override
    public void close() {
        tick.cancel(false);
        executor.shutdownNow();
    }

    /** One time that a timer is scheduled: a late start of an earlier one must not fire it. */
    private final class Entry implements Runnable {

        private final Timer timer;
        private @Nullable Future<?> future;

        Entry(Timer timer) {
            this.timer = timer;
        }

        void start(long delayNanos) {
            try {
                future = executor.schedule(this, delayNanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closed) {
                future = null; // the clock was closed in between
            }
        }

        void cancel() {
            if (future != null) {
                future.cancel(false);
            }
        }

        @Override
        public void run() {
            synchronized (timer) {
                if (timer.slot() != this) {
                    return;
                }
                forget(timer);
            }
            try {
                timer.fire();
            } catch (RuntimeException | Error failure) {
                onFailure.accept(failure);
            }
        }
    }
}
