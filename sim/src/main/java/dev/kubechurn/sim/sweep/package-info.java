/** Grids of runs in virtual time: which there are, how they are made in parallel, and how a sweep goes on where it was. */
@NullMarked
package dev.kubechurn.sim.sweep;

import org.jspecify.annotations.NullMarked;
