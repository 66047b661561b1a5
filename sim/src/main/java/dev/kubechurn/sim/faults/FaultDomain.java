package dev.kubechurn.sim.faults;

import dev.kubechurn.sim.scenario.Fault.Replicas;
import dev.kubechurn.sim.scenario.Fault.Requests;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * What faults can strike: an API server, the way to it, and kubelets. What lasts ends when the {@link Runnable} that it
 * gave is run, once. Draws are asked for in an order that is the same in each run, if the domain is exact at all.
 */
public interface FaultDomain {

    /** How many nodes there are; their numbers begin at 0. */
    int nodes();

    /** The server ends the open watches that are drawn. */
    void dropWatches(BooleanSupplier drawn);

    /** The server forgets its history, and ends the open watches that are drawn with an ERROR event, 410. */
    void compact(BooleanSupplier drawn);

    /** Requests that are drawn are answered with an error. */
    Runnable failRequests(Requests verb, int status, Duration retryAfter, BooleanSupplier drawn);

    /** Requests that are drawn take longer. */
    Runnable delayRequests(Requests verb, Duration by, BooleanSupplier drawn);

    /** These nodes and the server hear nothing of each other. */
    Runnable partition(IntPredicate nodes);

    /** API servers are away. */
    Runnable restartServer(Replicas replicas, SplittableRandom random);

    /** Events reach the kubelets of these nodes later. */
    Runnable slowWatchers(IntPredicate nodes, Duration by);

    /** Reads that allow a cache are answered from the state of this moment. */
    Runnable staleReads();

    /** The clocks of these kubelets jump forward. */
    void jumpClocks(IntPredicate nodes, Duration by);

    /** These kubelets forget all that they know; their pods run on. */
    void restartKubelets(IntPredicate nodes);

    /** These nodes are gone for good. */
    void loseNodes(IntPredicate nodes);
}
