package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.engine.WallClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Time as it is: timers fire on threads of their own while the run's thread waits. */
final class WallPassage implements Passage {

    private static final int TIMER_THREADS = 2;

    private final CountDownLatch over = new CountDownLatch(1);
    private final WallClock clock;
    private final Changes changes;

    /** @param failures told of anything that a timer throws */
    WallPassage(Consumer<Throwable> failures) {
        clock = new WallClock(TIMER_THREADS, failures);
        changes = new Changes(clock::nanos);
    }

    @Override
    public Scheduler scheduler() {
        return clock;
    }

    @Override
    public boolean load(Duration duration) throws InterruptedException {
        return over.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        return changes.await(condition, limit);
    }

    @Override
    public boolean awaitNoTimers(Duration limit) throws InterruptedException {
        return clock.awaitNoTimers(limit);
    }

    @Override
    public int pendingTimers() {
        return clock.pendingTimers();
    }

    @Override
    public long eventsFired() {
        return 0;
    }

    @Override
    public void happened() {
        changes.happened();
    }

    @Override
    public void end() {
        over.countDown();
        changes.happened();
    }

    @Override
    public boolean ended() {
        return over.getCount() == 0;
    }

    @Override
    public void close() {
        clock.close();
    }
}
