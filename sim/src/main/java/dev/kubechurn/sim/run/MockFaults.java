package dev.kubechurn.sim.run;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.scenario.Fault.Replicas;
import dev.kubechurn.sim.scenario.Fault.Requests;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * Faults over HTTP: what can be done to a store and to kubelets. All kubelets share one client, so nothing can be done to the
 * way of one node; {@link Plans} refuses those faults before a run begins.
 */
final class MockFaults extends KubeletFaults {

    /** What this can do. */
    static final List<Class<? extends Fault.Action>> KNOWN = List.of(
            Fault.DropWatches.class,
            Fault.Compact.class,
            Fault.JumpClocks.class,
            Fault.RestartKubelets.class,
            Fault.LoseNodes.class);

    private final ApiStore store;

    MockFaults(ApiStore store, FaultyKubelets kubelets) {
        super(kubelets);
        this.store = store;
    }

    @Override
    public void dropWatches(BooleanSupplier drawn) {
        store.dropWatches(watch -> drawn.getAsBoolean());
    }

    /** The open watches end without a word: their next try is answered 410. */
    @Override
    public void compact(BooleanSupplier drawn) {
        store.compactAll();
        store.dropWatches(watch -> drawn.getAsBoolean());
    }

    @Override
    public Runnable failRequests(Requests verb, int status, Duration retryAfter, BooleanSupplier drawn) {
        throw refused();
    }

    @Override
    public Runnable delayRequests(Requests verb, Duration by, BooleanSupplier drawn) {
        throw refused();
    }

    @Override
    public Runnable partition(IntPredicate nodes) {
        throw refused();
    }

    @Override
    public Runnable restartServer(Replicas replicas, SplittableRandom random) {
        throw refused();
    }

    @Override
    public Runnable slowWatchers(IntPredicate nodes, Duration by) {
        throw refused();
    }

    @Override
    public Runnable staleReads() {
        throw refused();
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("the plan refuses what cannot be done over HTTP");
    }
}
