/**
 * YAML as a tree that knows where everything stands: bounded in size, depth and aliases, without types of its own, and
 * read the same way for scenarios and for Kubernetes manifests.
 */
@NullMarked
package dev.kubechurn.sim.yaml;

import org.jspecify.annotations.NullMarked;
