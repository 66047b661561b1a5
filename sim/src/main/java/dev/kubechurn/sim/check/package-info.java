/** Invariants of a run: what must hold whatever happens, watched all the time where that is cheap and at the end else. */
@NullMarked
package dev.kubechurn.sim.check;

import org.jspecify.annotations.NullMarked;
