package dev.kubechurn.sim.run;

import java.time.Instant;

/**
 * When the load of a run begins.
 *
 * @param nanos on the scheduler's clock; not yet, perhaps
 * @param instant the same for people
 * @param lateNanos by how much this is after the start of the other shards: what was to be done until then was not done
 */
record Start(long nanos, Instant instant, long lateNanos) {}
