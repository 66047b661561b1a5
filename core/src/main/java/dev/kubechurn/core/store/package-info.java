/** Reference-counted objects of one kind, one store per strategy (rules S). */
@NullMarked
package dev.kubechurn.core.store;

import org.jspecify.annotations.NullMarked;
