/** Puts together what the shards of a run, a sweep or a fuzz campaign wrote. */
@NullMarked
package dev.kubechurn.sim.merge;

import org.jspecify.annotations.NullMarked;
