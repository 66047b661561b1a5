package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.engine.VirtualTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Time that passes as fast as its events can be worked off, on the run's own thread. What a timer throws ends the run
 * at once.
 */
final class VirtualPassage implements Passage {

    /** How far time goes before somebody may end the run. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Conditions look at the whole cluster: they are looked at after 100 ms, then after twice as long each time. */
    private static final long LONGEST_STEP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final VirtualTime time = new VirtualTime();
    private volatile boolean over;

    @Override
    public Scheduler scheduler() {
        return time;
    }

    @Override
    public boolean load(Duration duration) {
        long end = time.nanos() + duration.toNanos();
        while (!over && time.nanos() < end) {
            advance(Math.min(end, time.nanos() + STEP_NANOS));
        }
        return over;
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        long end = time.nanos() + limit.toNanos();
        long step = STEP_NANOS;
        boolean holds = condition.getAsBoolean();
        while (!holds && time.nanos() < end) {
            advance(Math.min(end, time.nanos() + step));
            step = Math.min(2 * step, LONGEST_STEP_NANOS);
            holds = condition.getAsBoolean();
        }
        return holds;
    }

    @Override
    public boolean awaitNoTimers(Duration limit) {
        return await(() -> time.pendingTimers() == 0, limit);
    }

    private void advance(long endNanos) {
        time.runUntil(endNanos);
    }

    @Override
    public int pendingTimers() {
        return time.pendingTimers();
    }

    @Override
    public long eventsFired() {
        return time.fired();
    }

    @Override
    public void happened() {}

    @Override
    public void end() {
        over = true;
    }

    @Override
    public boolean ended() {
        return over;
    }

    @Override
    public void close() {}
}
