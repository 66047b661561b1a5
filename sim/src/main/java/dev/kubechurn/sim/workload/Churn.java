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
     * Replaces a share of the cluster, again and again, as kube-burner's churn does.
     *
     * @param share of the namespaces or of the pods, 0 to 1: rounded down, but one at least
     * @param cycles how often at most; 0: no limit
     * @param delayNanos from the end of one cycle to the next, and before the first
     * @param deleteDelayNanos from the last deletion of a cycle to its first creation
     * @param durationNanos after which no cycle begins; 0: no limit
     * @param wholeNamespaces whether all pods of some namespaces go; if not, the oldest pods
     * @param qps creations a second, and deletions of single pods; infinite: no limit
     * @param burst how many of them at once
     */
    record Cycles(
            double share,
            int cycles,
            long delayNanos,
            long deleteDelayNanos,
            long durationNanos,
            boolean wholeNamespaces,
            double qps,
            int burst)
            implements Churn {}
}
