package dev.kubechurn.sim.scenario;

import java.time.Duration;

/** How pods come and go. */
public sealed interface Churn {

    /**
     * Pods are replaced at random moments: a Poisson process over the whole cluster.
     *
     * @param rate of pod replacements
     * @param lifetime in nanoseconds: how long a pod runs before it ends by itself
     */
    record Poisson(Rate rate, Distribution lifetime) implements Churn {}

    /**
     * Rounds in which a share of the pods is deleted and made anew, as kube-burner churns.
     *
     * @param percent of the pods that one round replaces
     * @param cycles rounds at most; 0: no limit but the duration
     * @param delay between two rounds
     * @param deleteDelay between deleting and making anew
     * @param duration of all rounds at most
     */
    record Cycles(Share percent, int cycles, Duration delay, Duration deleteDelay, Duration duration)
            implements Churn {}
}
