/** Real Kubernetes manifests read as what a scenario would otherwise invent: pod templates and objects. */
@NullMarked
package dev.kubechurn.sim.manifests;

import org.jspecify.annotations.NullMarked;
