@NullMarked
package dev.kubechurn.sim.shard;

import org.jspecify.annotations.NullMarked;
