/** Predictions held against a real API server, which counts for itself, and against the kubelet's own code. */
@NullMarked
package dev.kubechurn.sim.validation;

import org.jspecify.annotations.NullMarked;
