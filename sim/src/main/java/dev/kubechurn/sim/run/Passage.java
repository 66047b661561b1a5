package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How the time of a run passes: by itself, or by firing what is due. For the run's own thread, but for
 * {@link #happened} and {@link #end}, which are for any.
 */
interface Passage extends AutoCloseable {

    Scheduler scheduler();

    /**
     * Lets the load run.
     *
     * @return whether it was ended before its time
     */
    boolean load(Duration duration) throws InterruptedException;

    /**
     * Lets time pass until the condition holds, for at most {@code limit}.
     *
     * @return whether it holds
     */
    boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException;

    /** Lets time pass until no timer is waiting; the same way. */
    boolean awaitNoTimers(Duration limit) throws InterruptedException;

    int pendingTimers();

    /** How many timers have fired so far; 0 in wall time, where nobody counts them. */
    long eventsFired();

    /** Something changed that a condition may depend on. */
    void happened();

    /** Ends the load now, and the wait for volumes after it. */
    void end();

    /** Whether the end was asked for. */
    boolean ended();

    @Override
    void close();
}
