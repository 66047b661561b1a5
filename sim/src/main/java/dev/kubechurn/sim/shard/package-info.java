/** The parts into which several processes divide a run, a sweep or a campaign, and how what they wrote becomes one again. */
@NullMarked
package dev.kubechurn.sim.shard;

import org.jspecify.annotations.NullMarked;
