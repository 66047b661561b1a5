@NullMarked
package dev.kubechurn.sim.metrics;

import org.jspecify.annotations.NullMarked;
