package dev.kubechurn.sim.run;

import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.scenario.Fault.Replicas;
import dev.kubechurn.sim.scenario.Fault.Requests;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/** Faults where the API server is a real one: only the simulated kubelets can be made to fail. */
final class ClusterFaults extends KubeletFaults {

    /** What this can do; {@link Plans} refuses all else. */
    static final List<Class<? extends Fault.Action>> KNOWN =
            List.of(Fault.JumpClocks.class, Fault.RestartKubelets.class, Fault.LoseNodes.class);

    ClusterFaults(FaultyKubelets kubelets) {
        super(kubelets);
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("the plan rejects faults that a real server does not support");
    }

    @Override
    public void dropWatches(BooleanSupplier drawn) {
        throw refused();
    }

    @Override
    public void compact(BooleanSupplier drawn) {
        throw refused();
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
}
