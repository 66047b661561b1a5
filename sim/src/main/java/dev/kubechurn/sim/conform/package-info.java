/** Conformance vectors: their files, and the runners that play them against the real core on the simulator's store. */
@NullMarked
package dev.kubechurn.sim.conform;

import org.jspecify.annotations.NullMarked;
