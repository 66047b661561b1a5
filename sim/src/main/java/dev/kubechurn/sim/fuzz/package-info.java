/** Random scenarios, run one after the other until a check fails; then the smallest one that still fails the same way. */
@NullMarked
package dev.kubechurn.sim.fuzz;

import org.jspecify.annotations.NullMarked;
