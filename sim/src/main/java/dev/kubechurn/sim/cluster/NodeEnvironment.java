package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * What all nodes of a run share.
 *
 * @param configMaps the way to the API server, by the number of the node
 * @param secrets likewise
 * @param ttl for how long strategy Cache holds a value
 * @param syncFrequency how often a kubelet looks after each pod, before jitter
 * @param reflectors how the kubelets' reflectors go about it
 * @param envNames which keys may be names of environment variables
 * @param volumes takes the payloads of all volumes
 * @param onApplied called whenever an entry of any node changed
 * @param kubeletClocks the clock by which a node's kubelet goes; the pods' lives and all figures go by {@code scheduler}
 * @param readable the newest version that a first read can get now: that of a server's cache if it stands still
 * @param managers makes the kubelets' managers
 * @param environments makes the environments of containers
 */
public record NodeEnvironment(
        Scheduler scheduler,
        IntFunction<ObjectApi<ConfigMap>> configMaps,
        IntFunction<ObjectApi<Secret>> secrets,
        Strategy strategy,
        TtlSource ttl,
        Duration syncFrequency,
        WatchSettings reflectors,
        NameMode envNames,
        Volumes volumes,
        CommitLog commitLog,
        RunRecorders recorders,
        Violations violations,
        Runnable onApplied,
        IntFunction<Scheduler> kubeletClocks,
        LongSupplier readable,
        ManagerMaker managers,
        EnvironmentMaker environments) {

    /** With kubelets whose clocks go right, and a server whose cache follows. */
    public NodeEnvironment(
            Scheduler scheduler,
            IntFunction<ObjectApi<ConfigMap>> configMaps,
            IntFunction<ObjectApi<Secret>> secrets,
            Strategy strategy,
            TtlSource ttl,
            Duration syncFrequency,
            WatchSettings reflectors,
            NameMode envNames,
            Volumes volumes,
            CommitLog commitLog,
            RunRecorders recorders,
            Violations violations,
            Runnable onApplied) {
        this(
                scheduler,
                configMaps,
                secrets,
                strategy,
                ttl,
                syncFrequency,
                reflectors,
                envNames,
                volumes,
                commitLog,
                recorders,
                violations,
                onApplied,
                node -> scheduler,
                () -> Long.MAX_VALUE,
                ObjectManagers::of,
                EnvironmentMaker.ofCore());
    }

    /** Whether the managers count references at all (M14). */
    boolean keepsReferences() {
        return strategy != Strategy.GET;
    }
}
