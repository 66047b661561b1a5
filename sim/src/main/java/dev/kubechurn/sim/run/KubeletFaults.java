package dev.kubechurn.sim.run;

import dev.kubechurn.sim.faults.FaultDomain;
import java.time.Duration;
import java.util.function.IntPredicate;

/** The part of a fault domain that is the same on each way to the server. */
abstract class KubeletFaults implements FaultDomain {

    private final FaultyKubelets kubelets;

    KubeletFaults(FaultyKubelets kubelets) {
        this.kubelets = kubelets;
    }

    @Override
    public final int nodes() {
        return kubelets.nodes();
    }

    @Override
    public final void jumpClocks(IntPredicate nodes, Duration by) {
        kubelets.jumpClocks(nodes, by);
    }

    @Override
    public final void restartKubelets(IntPredicate nodes) {
        kubelets.restart(nodes);
    }

    @Override
    public void loseNodes(IntPredicate nodes) {
        kubelets.lose(nodes);
    }
}
