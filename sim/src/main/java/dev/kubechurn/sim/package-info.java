/** Kubechurn's sim. */
@NullMarked
package dev.kubechurn.sim;

import org.jspecify.annotations.NullMarked;
