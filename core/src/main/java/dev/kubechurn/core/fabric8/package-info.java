/**
 * The way to a real API server: {@link dev.kubechurn.core.fabric8.KubernetesObjectApi} carries core's port over the HTTP
 * client of fabric8's {@code KubernetesClient}, without that client's own watch manager, retries and reconnects.
 */
@NullMarked
package dev.kubechurn.core.fabric8;

import org.jspecify.annotations.NullMarked;
