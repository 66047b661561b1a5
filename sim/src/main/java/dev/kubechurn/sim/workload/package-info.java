/** What happens to the cluster: objects, pods, churn and updates, each from a random stream of its own. */
@NullMarked
package dev.kubechurn.sim.workload;

import org.jspecify.annotations.NullMarked;
