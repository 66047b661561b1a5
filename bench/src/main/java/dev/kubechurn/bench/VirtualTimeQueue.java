package dev.kubechurn.bench;

import dev.kubechurn.sim.engine.VirtualTime;

/** The product's queue. */
final class VirtualTimeQueue implements EventQueue {

    private final VirtualTime time = new VirtualTime();

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public void schedule(HoldEvent event, long delayNanos) {
        time.schedule(event, delayNanos);
    }

    @Override
    public void cancel(HoldEvent event) {
        time.cancel(event);
    }

    @Override
    public boolean runNext() {
        return time.runNext();
    }
}
