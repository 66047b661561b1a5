/** The command line: the only place that prints to a terminal. */
@NullMarked
package dev.kubechurn.sim.cli;

import org.jspecify.annotations.NullMarked;
