/** One run of a scenario, from its first object to its result. Start reading at {@code Simulation}. */
@NullMarked
package dev.kubechurn.sim.run;

import org.jspecify.annotations.NullMarked;
