/** The three ways in which a PATCH request says what is to change: by operations, by merging, by merging lists too. */
@NullMarked
package dev.kubechurn.sim.apiserver.patch;

import org.jspecify.annotations.NullMarked;
