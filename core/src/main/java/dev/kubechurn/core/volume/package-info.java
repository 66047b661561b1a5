/**
 * What ConfigMap, Secret and projected volumes hold ({@link dev.kubechurn.core.volume.VolumePayloads}) and how a
 * directory comes to hold it ({@link dev.kubechurn.core.volume.AtomicWriter}) (rules V).
 */
@NullMarked
package dev.kubechurn.core.volume;

import org.jspecify.annotations.NullMarked;
