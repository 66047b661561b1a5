@NullMarked
package dev.kubechurn.sim.workload;

import org.jspecify.annotations.NullMarked;
