package dev.kubechurn.sim.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Everything that the simulated kubelets record. Of what began before {@link #measureFrom} or ended after {@link
 * #stopMeasuring} no latency is taken, so that warm-up and teardown stay out of the figures; counts take the whole run.
 */
public final class RunRecorders {

    private final LatencyRecorder registration;
    private final LatencyRecorder registrationFromDue;
    private final LatencyRecorder lookup;
    private final LatencyRecorder lookupFromMemory;
    private final LatencyRecorder lookupFromDue;
    private final LatencyRecorder resolve;
    private final LatencyRecorder resolveFromDue;
    private final LatencyRecorder staleness;
    private final LatencyRecorder propagation;
    private final LatencyRecorder visible;
    private final LatencyRecorder sync;
    private final LongAdder propagationLeftOut = new LongAdder();
    private final LongAdder visibleLeftOut = new LongAdder();
    private final LongAdder relists = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final LongAdder failedLookups = new LongAdder();
    private final LongAdder failedMounts = new LongAdder();
    private final LongAdder failedStarts = new LongAdder();
    private final LongAdder skippedNames = new LongAdder();
    private final LongAdder writtenVolumes = new LongAdder();
    private final LongAdder pods = new LongAdder();
    private volatile long fromNanos = Long.MAX_VALUE;
    private volatile boolean stopped;
    private volatile long untilNanos = Long.MAX_VALUE;

    /** For a run whose threads share it. */
    public RunRecorders() {
        this(LatencyRecorder::shared);
    }

    private RunRecorders(Supplier<LatencyRecorder> latencies) {
        registration = latencies.get();
        registrationFromDue = latencies.get();
        lookup = latencies.get();
        lookupFromMemory = latencies.get();
        lookupFromDue = latencies.get();
        resolve = latencies.get();
        resolveFromDue = latencies.get();
        staleness = latencies.get();
        propagation = latencies.get();
        visible = latencies.get();
        sync = latencies.get();
    }

    /** For a run that has one thread: what it records costs less. */
    public static RunRecorders ofOneThread() {
        return new RunRecorders(LatencyRecorder::ofOneThread);
    }

    /** From now on takes the latencies of all that begins at or after {@code nanos}, on the scheduler's clock. */
    public void measureFrom(long nanos) {
        fromNanos = nanos;
    }

    /** Of what begins at or after {@code nanos}, in the quiet after the load, takes no latencies. */
    public void loadEnded(long nanos) {
        untilNanos = nanos;
    }

    /** From now on takes no latencies and counts no failures: what comes is the checks'. */
    public void stopMeasuring() {
        fromNanos = Long.MAX_VALUE;
        stopped = true;
    }

    private void count(LongAdder counter) {
        if (!stopped) {
            counter.increment();
        }
    }

    private boolean measures(long beginNanos) {
        return beginNanos >= fromNanos && beginNanos < untilNanos;
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

    /** A read gave a version that has been outdated for so long; 0: it is the newest. */
    public void read(long dueNanos, long outdatedNanos) {
        if (measures(dueNanos)) {
            staleness.record(outdatedNanos);
        }
    }

    /** The environment of one container was asked for, and was made or failed. */
    public void resolved(long dueNanos, long startNanos, long endNanos) {
        if (measures(dueNanos)) {
            resolve.record(endNanos - startNanos);
            resolveFromDue.record(endNanos - dueNanos);
        }
    }

    /** An update that was committed at {@code commitNanos} is in a referencing kubelet's store. */
    public void propagated(long commitNanos, long nowNanos) {
        if (measures(commitNanos)) {
            propagation.record(nowNanos - commitNanos);
        } else if (stopped) {
            leftOutOfPropagation(1);
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

    /** A read was answered with an error, be it that the object is not there. */
    public void lookupFailed() {
        count(failedLookups);
    }

    /** A volume could not be set up or brought up to date. */
    public void mountFailed() {
        count(failedMounts);
    }

    /** The environment of a container could not be made. */
    public void startFailed() {
        count(failedStarts);
    }

    /** A source held keys that cannot be names of variables, and an event said so (E19). */
    public void namesSkipped() {
        count(skippedNames);
    }

    /** The files of a volume were written. */
    public void volumeWritten() {
        count(writtenVolumes);
    }

    /** A pod runs from now on. */
    public void podCame() {
        pods.increment();
    }

    /** A pod that ran is gone. */
    public void podWent() {
        pods.decrement();
    }

    /** How many pods run now. */
    public int runningPods() {
        return pods.intValue();
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

    public LatencyRecorder resolve() {
        return resolve;
    }

    public LatencyRecorder resolveFromDue() {
        return resolveFromDue;
    }

    public LatencyRecorder staleness() {
        return staleness;
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

    public long failedLookups() {
        return failedLookups.sum();
    }

    public long failedMounts() {
        return failedMounts.sum();
    }

    public long failedStarts() {
        return failedStarts.sum();
    }

    public long skippedNames() {
        return skippedNames.sum();
    }

    public long writtenVolumes() {
        return writtenVolumes.sum();
    }
}
