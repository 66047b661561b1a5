@NullMarked
package dev.kubechurn.sim.job;

import org.jspecify.annotations.NullMarked;
