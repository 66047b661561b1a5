@NullMarked
package dev.kubechurn.sim.apiserver.virtual;

import org.jspecify.annotations.NullMarked;
