package dev.kubechurn.bench;

/** A candidate for the queue of virtual time. */
interface EventQueue {

    long nanos();

    void schedule(HoldEvent event, long delayNanos);

    void cancel(HoldEvent event);

    boolean runNext();
}
