/** Runs the conformance vectors of strategy Watch on core alone. */
@NullMarked
package dev.kubechurn.core.conformance;

import org.jspecify.annotations.NullMarked;
