/** What goes wrong in a run: when faults strike, how long they last, and that all of them are over at its end. */
@NullMarked
package dev.kubechurn.sim.faults;

import org.jspecify.annotations.NullMarked;
