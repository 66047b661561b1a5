@NullMarked
package dev.kubechurn.sim.cluster;

import org.jspecify.annotations.NullMarked;
