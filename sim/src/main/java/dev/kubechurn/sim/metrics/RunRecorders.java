package dev.kubechurn.sim.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * Everything that the simulated kubelets record. Of what began before {@link #measureFrom} or ended after {@link
 * #stopMeasuring} no latency is taken, so that warm-up and teardown stay out of the figures; counts take the whole run.
 */
public final class RunRecorders {

    private final LatencyRecorder registration = new LatencyRecorder();
    private final LatencyRecorder registrationFromDue = new LatencyRecorder();
    private final LatencyRecorder lookup = new LatencyRecorder();
    private final LatencyRecorder lookupFromMemory = new LatencyRecorder();
    private final LatencyRecorder lookupFromDue = new LatencyRecorder();
    private final LatencyRecorder propagation = new LatencyRecorder();
    private final LatencyRecorder visible = new LatencyRecorder();
    private final LatencyRecorder sync = new LatencyRecorder();
    private final LongAdder propagationLeftOut = new LongAdder();
    private final LongAdder visibleLeftOut = new LongAdder();
    private final LongAdder relists = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final LongAdder failedReads = new LongAdder();
    private volatile long fromNanos = Long.MAX_VALUE;

    /** From now on takes the latencies of all that begins at or after {@code nanos}, on the scheduler's clock. */
    public void measureFrom(long nanos) {
        fromNanos = nanos;
    }

    /** From now on takes no latencies. */
    public void stopMeasuring() {
        fromNanos = Long.MAX_VALUE;
    }

    private boolean measures(long beginNanos) {
        return beginNanos >= fromNanos;
    }

    /** {@code registerPod} ran from {@code startNanos} to {@code endNanos} and had been due at {@code dueNanos}. */
    public void registered(long dueNanos, long startNanos, long endNanos) {
        if (measures(dueNanos)) {
            registration.record(endNanos - startNanos);
            registrationFromDue.record(endNanos - dueNanos);
        }
    }

    /** A read was answered from memory within the call. */
    public void lookedUp(long dueNanos, long startNanos, long endNanos) {
        if (measures(dueNanos)) {
            lookupFromMemory.record(endNanos - startNanos);
            lookedUpLate(dueNanos, startNanos, endNanos);
        }
    }

    /** A read took a request, or the wait for one, before its answer came, an object or an error. */
    public void lookedUpLate(long dueNanos, long startNanos, long endNanos) {
        if (measures(dueNanos)) {
            lookup.record(endNanos - startNanos);
            lookupFromDue.record(endNanos - dueNanos);
        }
    }

    /** An update that was committed at {@code commitNanos} is in a referencing kubelet's store. */
    public void propagated(long commitNanos, long nowNanos) {
        if (measures(commitNanos)) {
            propagation.record(nowNanos - commitNanos);
        }
    }

    /** An update that was committed at {@code commitNanos} is in a referencing pod's volume. */
    public void becameVisible(long commitNanos, long nowNanos) {
        if (measures(commitNanos)) {
            visible.record(nowNanos - commitNanos);
        }
    }

    /** The first successful read of an object that was first registered at {@code registeredNanos}. */
    public void synced(long registeredNanos, long nowNanos) {
        if (measures(registeredNanos)) {
            sync.record(nowNanos - registeredNanos);
        }
    }

    /** Pairs of update and entry that no propagation can be told of: idle, immutable, gone or late to register. */
    public void leftOutOfPropagation(int pairs) {
        propagationLeftOut.add(pairs);
    }

    public void leftOutOfVisible(int pairs) {
        visibleLeftOut.add(pairs);
    }

    public void relisted() {
        relists.increment();
    }

    public void reconnected() {
        reconnects.increment();
    }

    public void readFailed() {
        failedReads.increment();
    }

    public LatencyRecorder registration() {
        return registration;
    }

    public LatencyRecorder registrationFromDue() {
        return registrationFromDue;
    }

    public LatencyRecorder lookup() {
        return lookup;
    }

    public LatencyRecorder lookupFromMemory() {
        return lookupFromMemory;
    }

    public LatencyRecorder lookupFromDue() {
        return lookupFromDue;
    }

    public LatencyRecorder propagation() {
        return propagation;
    }

    public LatencyRecorder visible() {
        return visible;
    }

    public LatencyRecorder sync() {
        return sync;
    }

    public long propagationLeftOut() {
        return propagationLeftOut.sum();
    }

    public long visibleLeftOut() {
        return visibleLeftOut.sum();
    }

    public long relists() {
        return relists.sum();
    }

    public long reconnects() {
        return reconnects.sum();
    }

    public long failedReads() {
        return failedReads.sum();
    }
}
