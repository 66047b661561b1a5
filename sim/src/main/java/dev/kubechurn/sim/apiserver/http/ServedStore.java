package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ServerStatistics;

/**
 * What a server keeps when it restarts.
 *
 * @param statistics of what comes in by any of its listeners
 * @param faults of its requests
 */
record ServedStore(ApiStore store, ServerStatistics statistics, HttpFaults faults) {

    ServedStore(ApiStore store) {
        this(store, new ServerStatistics(), new HttpFaults(store));
    }
}
