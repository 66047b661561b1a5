/**
 * The ports through which core reaches the world: the API server ({@link dev.kubechurn.core.api.ObjectApi}) and time
 * ({@link dev.kubechurn.core.api.Scheduler}). Nothing here does anything by itself.
 */
@NullMarked
package dev.kubechurn.core.api;

import org.jspecify.annotations.NullMarked;
