package dev.kubechurn.core.api;

/**
 * Time and deferred work, given to core by its owner: wall time in production, virtual time in simulation.
 *
 * <p>Safe from any thread. Timers that are due fire in order of time and, at one moment, in the order in which they
 * were scheduled; in wall time different timers may fire at once on different threads.
 */
public interface Scheduler {

    /** A monotonic clock in nanoseconds with an arbitrary origin. */
    long nanos();

    /**
     * The clock for stamps of last access: costs no system call and lags {@link #nanos()} by at most
     * {@link #coarseLagNanos()}; in virtual time it is exact.
     */
    long coarseNanos();

    /** The bound on the lag of {@link #coarseNanos()}: 0 in virtual time, at most 1 s in wall time. */
    long coarseLagNanos();

    /**
     * Has the timer fire once, {@code delayNanos} from now (0 or less: as soon as may be, but never within this call).
     *
     * @throws IllegalStateException if the timer is scheduled already
     */
    void schedule(Timer timer, long delayNanos);

    /**
     * Takes the timer back if it has not fired. In wall time it may be firing on another thread just now: a timer whose
     * owner cares checks for itself. Idempotent; a timer that was never scheduled is fine.
     */
    void cancel(Timer timer);

    /**
     * Whether the calling thread may wait for an answer: false on threads that fire timers or deliver API callbacks,
     * and everywhere in virtual time.
     */
    default boolean mayBlock() {
        return true;
    }
}
