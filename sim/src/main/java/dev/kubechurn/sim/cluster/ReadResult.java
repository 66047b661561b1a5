package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.sim.metrics.Commits;

/** Takes what a pod's read came to; may be called on any thread. */
interface ReadResult {

    /** The read gave this version; {@code commits} are those of its object. */
    void found(long revision, long nowNanos, Commits commits);

    void failed(LookupError error);
}
