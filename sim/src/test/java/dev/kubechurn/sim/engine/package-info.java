@NullMarked
package dev.kubechurn.sim.engine;

import org.jspecify.annotations.NullMarked;
