package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ServerStatistics;

/**
 * What a server keeps when it restarts.
 *
 * @param statistics of what comes in by any of its listeners
 * @param metrics the same as a kube-apiserver tells it
 * @param faults of its requests
 */
record ServedStore(ApiStore store, ServerStatistics statistics, ServerMetrics metrics, HttpFaults faults) {

    ServedStore(ApiStore store) {
        this(store, new ServerStatistics(), new ServerMetrics(), new HttpFaults(store));
    }
}
