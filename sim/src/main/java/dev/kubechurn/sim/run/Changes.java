package dev.kubechurn.sim.run;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets one thread wait for a condition that others bring about: they say that something changed, it looks again. Safe
 * from any thread; the condition is looked at without any lock of this, so it may take those that are held elsewhere
 * while {@link #happened} is called.
 */
final class Changes {

    private final AtomicLong count = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final LongSupplier nanos;
    private volatile boolean awaited;

    /** Takes a monotonic clock in nanoseconds. */
    Changes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Something changed that a condition may depend on. Nearly free while nobody waits. */
    void happened() {
        count.incrementAndGet();
        if (awaited) {
            lock.lock();
            try {
                more.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until the condition holds, for at most {@code limit}.
     *
     * @return whether it holds
     */
    boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long deadline = nanos.getAsLong() + limit.toNanos();
        awaited = true;
        try {
            long seen = count.get();
            while (!condition.getAsBoolean()) {
                if (nanos.getAsLong() >= deadline) {
                    return false;
                }
                awaitMore(seen, deadline);
                seen = count.get();
            }
            return true;
        } finally {
            awaited = false;
        }
    }

    private void awaitMore(long seen, long deadline) throws InterruptedException {
        lock.lock();
        try {
            long left = deadline - nanos.getAsLong();
            while (count.get() == seen && left > 0) {
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
