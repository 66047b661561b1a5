/** Kubechurn's core. */
@NullMarked
package dev.kubechurn.core;

import org.jspecify.annotations.NullMarked;
