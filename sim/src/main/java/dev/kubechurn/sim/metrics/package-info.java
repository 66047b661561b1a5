/** Recorders of what a run measures, and the result made from them. */
@NullMarked
package dev.kubechurn.sim.metrics;

import org.jspecify.annotations.NullMarked;
