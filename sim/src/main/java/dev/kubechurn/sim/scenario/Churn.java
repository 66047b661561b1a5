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
     * Cycles in which a share of the cluster is deleted and made anew, as kube-burner churns.
     *
     * @param percent of the namespaces or of the pods that one cycle replaces: rounded down, but one at least
     * @param cycles at most; 0: no limit
     * @param delay between two cycles
     * @param deleteDelay between deleting and making anew
     * @param duration after which no cycle begins; 0: no limit; with no limit at all there is no churn
     * @param mode what goes
     * @param qps creations a second; 0: no limit
     * @param burst how many of them at once; 0: as many as a second has
     */
    record Cycles(
            Share percent,
            int cycles,
            Duration delay,
            Duration deleteDelay,
            Duration duration,
            Mode mode,
            int qps,
            int burst)
            implements Churn {}

    /** What a cycle replaces. */
    enum Mode {
        /** All pods of neighbouring namespaces. */
        NAMESPACES,
        /** The oldest pods. */
        OBJECTS
    }
}
