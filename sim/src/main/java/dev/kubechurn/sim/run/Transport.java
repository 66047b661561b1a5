package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.SortedMap;

/** An API server and the kubelets' way to it. Safe from any thread. */
interface Transport extends AutoCloseable {

    /** For people: {@code HTTP to a mock API server on 127.0.0.1:41873}. */
    String title();

    /** What must be known before its latencies are believed, in one line. */
    String caution();

    ObjectApi<ConfigMap> configMaps();

    ObjectApi<Secret> secrets();

    /** The way of those who own the objects; it is not counted in {@link #load}. */
    ObjectWriter writer();

    /** What the kubelets have asked of the server so far. */
    ServerLoad load();

    /** How many watches the server holds open now, for each object. */
    SortedMap<ObjectId, Integer> openWatches();

    @Override
    void close();
}
