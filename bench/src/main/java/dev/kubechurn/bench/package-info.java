/** Kubechurn's bench. */
@NullMarked
package dev.kubechurn.bench;

import org.jspecify.annotations.NullMarked;
