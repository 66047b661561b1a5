@NullMarked
package dev.kubechurn.sim.merge;

import org.jspecify.annotations.NullMarked;
