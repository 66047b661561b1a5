/** Time, threads and chance: what core and the simulation get from outside. */
@NullMarked
package dev.kubechurn.sim.engine;

import org.jspecify.annotations.NullMarked;
