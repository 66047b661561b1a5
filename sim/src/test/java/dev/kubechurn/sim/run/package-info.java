@NullMarked
package dev.kubechurn.sim.run;

import org.jspecify.annotations.NullMarked;
