package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.cluster.Cluster;
import dev.kubechurn.sim.cluster.NodeEnvironment;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.SimulatedNode;
import dev.kubechurn.sim.cluster.Volumes;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Nodes on a ground, each counted at a port of its own, that are led through phases: a phase ends when everything that it
 * caused has happened, which events tell. For one thread.
 */
final class PhasedCluster implements AutoCloseable {

    /** Of a phase; in wall time none comes near it. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Ground ground;
    private final Cluster cluster;
    private final List<CountingTransport> ports = new ArrayList<>();
    private final RunRecorders recorders = new RunRecorders();
    private final Violations violations = new Violations();
    private final WatchSettings watches;

    /** With watches as kubelets have them; see the other constructor. */
    PhasedCluster(
            Ground ground, Strategy strategy, Duration syncFrequency, List<PodSource> pods, RandomStreams streams) {
        this(ground, strategy, WatchSettings.DEFAULT, syncFrequency, pods, streams);
    }

    /**
     * @param ground is closed with this
     * @param pods of each node
     */
    PhasedCluster(
            Ground ground,
            Strategy strategy,
            WatchSettings watches,
            Duration syncFrequency,
            List<PodSource> pods,
            RandomStreams streams) {
        this.ground = ground;
        this.watches = watches;
        List<SimulatedNode> nodes = new ArrayList<>();
        for (PodSource source : pods) {
            CountingTransport port = new CountingTransport(ground.transport());
            NodeEnvironment environment = environment(port, strategy, syncFrequency);
            nodes.add(new SimulatedNode(nodes.size(), environment, source, streams));
            ports.add(port);
        }
        cluster = new Cluster(nodes);
    }

    private NodeEnvironment environment(CountingTransport port, Strategy strategy, Duration syncFrequency) {
        return new NodeEnvironment(
                ground.passage().scheduler(),
                port::configMaps,
                port::secrets,
                strategy,
                TtlSource.absent(),
                syncFrequency,
                watches,
                NameMode.STRICT,
                Volumes.payloadsOnly(),
                ground.commitLog(),
                recorders,
                violations,
                ground.passage()::happened);
    }

    List<CountingTransport> ports() {
        return ports;
    }

    /** The sums of {@link CountingTransport#perObject} over all nodes. */
    SortedMap<ObjectId, Long> perObject(String what) {
        SortedMap<ObjectId, Long> totals = new TreeMap<>();
        ports.forEach(port -> port.perObject(what).forEach((id, count) -> totals.merge(id, count, Long::sum)));
        return totals;
    }

    /** Every pod comes, and has all that it needs. */
    void start(List<HasMetadata> objects) throws InterruptedException {
        objects.forEach(ground.transport().writer()::create);
        long now = ground.passage().scheduler().nanos();
        cluster.nodes().forEach(node -> node.start(now));
        until("every pod runs and every watch is up to date", this::atRest);
    }

    /** The objects change, and every watch brings it. */
    void update(List<HasMetadata> updates) throws InterruptedException {
        updates.forEach(ground.transport().writer()::update);
        until("every watch is up to date", this::atRest);
    }

    /** Each pod is replaced by another one of its template. */
    void replacePods() throws InterruptedException {
        for (SimulatedNode node : cluster.nodes()) {
            for (int slot = 0; slot < node.slots(); slot++) {
                node.replace(slot, ground.passage().scheduler().nanos());
            }
        }
        until("every new pod runs", this::atRest);
    }

    /** Nothing is done for a while; only in virtual time. */
    void pass(Duration duration) throws InterruptedException {
        assertThat(ground.passage().load(duration)).as("ended early").isFalse();
    }

    /** Every pod goes, and with them the last watch. */
    void drain() throws InterruptedException {
        cluster.drain();
        until("the last watch closes", () -> ground.transport().openWatches().isEmpty());
        cluster.checkReferences();
        assertThat(violations.total()).as("violated checks").isZero();
    }

    private boolean atRest() {
        return cluster.behind() == 0
                && cluster.waitingPods() == 0
                && ground.transport().openWatches().equals(cluster.neededWatches());
    }

    private void until(String what, BooleanSupplier condition) throws InterruptedException {
        assertThat(ground.passage().await(condition, LIMIT))
                .as("%s; %d entries are behind, %d pods wait", what, cluster.behind(), cluster.waitingPods())
                .isTrue();
        assertThat(ground.failure()).isEmpty();
    }

    @Override
    public void close() {
        cluster.close();
        ground.close();
    }
}
