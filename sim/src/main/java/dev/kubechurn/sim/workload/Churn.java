package dev.kubechurn.sim.workload;

/** How pods come and go beyond their own lifetimes. */
public sealed interface Churn {

    /**
     * Replaces pods one at a time, independently.
     *
     * @param perSecond of the whole cluster; each node gets a share by the pods that run on it
     */
    record Steady(double perSecond) implements Churn {}

    /**
     * Replaces a share of each node's pods at once, again and again, as kube-burner's churn does.
     *
     * @param share of the pods, 0 to 1
     * @param cycles how often at most
     * @param delayNanos from the end of one cycle to the next
     * @param deleteDelayNanos from the deletion of the pods to the start of those in their place
     * @param durationNanos after which no cycle begins
     */
    record Cycles(double share, int cycles, long delayNanos, long deleteDelayNanos, long durationNanos)
            implements Churn {}
}
