package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.virtual.ServerModel;
import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.workload.WorkloadPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run does, worked out from a scenario. Immutable.
 *
 * @param duration from the first node's start to the end of the load
 * @param warmup how much of that is left out of the latencies
 * @param ttl for how long strategy Cache holds a value
 * @param pods that run at a time, on all nodes together
 * @param virtualTime whether time is simulated too; else it is real, and so is the HTTP
 * @param staggered whether nodes start one after the other, over the first four fifths of the warm-up, and not all at once
 * @param syncFrequency how often a kubelet looks after each pod, before jitter
 * @param reflectors how the kubelets' reflectors go about it
 * @param envNames which keys may be names of environment variables
 * @param writeVolumes whether the files of volumes are written to disk
 * @param serverModel of the API server and the kubelets' connections, in virtual time
 * @param watchCache how much history the API server keeps of each resource
 * @param bytesPerWatch what a watch costs the API server: the lowest and the highest estimate
 * @param writesLast for how long a write is tried again while a real server does not answer
 * @param parameters the effective scenario, flat, for the result
 * @param notes what a reader must know, beyond what every run tells
 */
public record RunPlan(
        String name,
        String description,
        long seed,
        Duration duration,
        Duration warmup,
        boolean virtualTime,
        Strategy strategy,
        TtlSource ttl,
        int nodes,
        int pods,
        boolean staggered,
        Duration syncFrequency,
        WatchSettings reflectors,
        NameMode envNames,
        boolean writeVolumes,
        ServerModel serverModel,
        ApiStore.Limits watchCache,
        BytesRange bytesPerWatch,
        WorkloadPlan workload,
        Duration writesLast,
        List<Fault> faults,
        Map<String, String> parameters,
        List<String> notes) {

    public RunPlan {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /** The strategy as people write it. */
    public String strategyTitle() {
        return switch (strategy) {
            case WATCH -> "Watch";
            case CACHE -> "Cache";
            case GET -> "Get";
        };
    }

    /** For how long a kubelet goes on with a value that it has read before it asks again; zero where it never does. */
    Duration lifeOfValues() {
        return strategy == Strategy.CACHE ? Duration.ofNanos(Math.max(0, ttl.nanos())) : Duration.ZERO;
    }

    /** A size that is known within bounds. */
    public record BytesRange(long low, long high) {}
}
