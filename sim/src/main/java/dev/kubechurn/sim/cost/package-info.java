/** What the workloads of manifests cost an API server: who asks for what, on how many nodes, and what would be cheaper. */
@NullMarked
package dev.kubechurn.sim.cost;

import org.jspecify.annotations.NullMarked;
