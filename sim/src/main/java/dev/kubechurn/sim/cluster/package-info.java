/** Simulated nodes: core's managers and the pods whose life they serve. */
@NullMarked
package dev.kubechurn.sim.cluster;

import org.jspecify.annotations.NullMarked;
