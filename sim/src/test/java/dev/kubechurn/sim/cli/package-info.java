@NullMarked
package dev.kubechurn.sim.cli;

import org.jspecify.annotations.NullMarked;
