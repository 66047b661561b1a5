package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.env.EnvironmentHandler;
import dev.kubechurn.core.env.EnvironmentRequest;
import dev.kubechurn.core.env.NodeFacts;
import dev.kubechurn.core.pod.PodManager;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One node: core's pod manager and its two object managers, and the pods that live on it. Safe from any thread: the
 * pods' lives are guarded by this node's monitor.
 */
public final class SimulatedNode implements PodSlots {

    /** A pod worker looks again after the sync frequency times a factor in [1, 1.5), as the kubelet's does. */
    private static final double SYNC_JITTER = 0.5;

    private static final long BACK_OFF_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int index;
    private final String name;
    private final NodeFacts facts;
    private final NodeEnvironment environment;
    private final PodSource source;
    private final SplittableRandom random;
    private final ObjectSide.Source<ConfigMap> configMapSource;
    private final ObjectSide.Source<Secret> secretSource;

    // All that the kubelet remembers; replaced under the monitor when it restarts.
    private volatile ObjectSide<ConfigMap> configMaps;
    private volatile ObjectSide<Secret> secrets;
    private volatile PodManager podManager;

    // Guarded by this.
    private final @Nullable SimulatedPod[] pods;
    private @Nullable PreparedSpec registering;
    private long incarnations;
    private boolean frozen;

    /** A node with the pods that the source gives; nothing happens before {@link #start}. */
    public SimulatedNode(int index, NodeEnvironment environment, PodSource source, RandomStreams streams) {
        this.index = index;
        this.name = "node-" + index;
        this.facts = ClusterFacts.ofNode(index);
        this.environment = environment;
        this.source = source;
        this.random = streams.stream("node", index);
        this.pods = new SimulatedPod[source.slots()];
        Scheduler clock = environment.kubeletClocks().apply(index);
        configMapSource = new ObjectSide.Source<>(
                ObjectKind.CONFIG_MAP,
                environment.configMaps().apply(index),
                clock,
                streams.sharedStream("configmap-reflector", index),
                PreparedSpec::configMaps);
        secretSource = new ObjectSide.Source<>(
                ObjectKind.SECRET,
                environment.secrets().apply(index),
                clock,
                streams.sharedStream("secret-reflector", index),
                PreparedSpec::secrets);
        configMaps = new ObjectSide<>(this, configMapSource, environment);
        secrets = new ObjectSide<>(this, secretSource, environment);
        podManager = new PodManager(configMaps.manager(), secrets.manager());
    }

    public String name() {
        return name;
    }

    /** The node's number in the whole cluster. */
    public int index() {
        return index;
    }

    /** Starts a pod in every slot, as a kubelet does that has just come up. */
    public synchronized void start(long dueNanos) {
        for (int slot = 0; slot < pods.length; slot++) {
            fill(slot, dueNanos);
        }
    }

    @Override
    public int slots() {
        return pods.length;
    }

    /** Deletes the pod in the slot and starts the next one in its place. */
    public synchronized void replace(int slot, long dueNanos) {
        SimulatedPod pod = pods[slot];
        if (pod != null && !frozen) {
            delete(slot, pod);
            startPod(slot, dueNanos);
        }
    }

    /** Deletes the pod in the slot; {@link #fill} starts the next one. */
    @Override
    public synchronized void delete(int slot) {
        SimulatedPod pod = pods[slot];
        if (pod != null) {
            delete(slot, pod);
        }
    }

    /** Starts a pod in the slot if it is empty. */
    public synchronized void fill(int slot, long dueNanos) {
        if (pods[slot] == null && !frozen) {
            startPod(slot, dueNanos);
        }
    }

    @Override
    public synchronized void fill(int slot, PodTemplate template, long dueNanos) {
        if (pods[slot] == null && !frozen) {
            startPod(slot, template, dueNanos);
        }
    }

    @Override
    public synchronized @Nullable PodTemplate template(int slot) {
        SimulatedPod pod = pods[slot];
        return pod == null ? null : pod.template();
    }

    /** From now on no pod comes or goes by itself; those that are here go on reading. */
    public synchronized void freeze() {
        frozen = true;
    }

    /** Whether every pod has read the newest version of everything that it mounts. */
    public synchronized boolean caughtUp() {
        for (SimulatedPod pod : pods) {
            if (pod != null && !pod.caughtUp()) {
                return false;
            }
        }
        return true;
    }

    /** Deletes every pod; no pod starts any more. */
    public synchronized void drain() {
        frozen = true;
        for (int slot = 0; slot < pods.length; slot++) {
            delete(slot);
        }
    }

    /** Shuts the managers down. */
    public synchronized void close() {
        drain();
        closeManagers();
    }

    private void closeManagers() {
        configMaps.manager().close();
        secrets.manager().close();
    }

    /** The kubelet restarts: it forgets all that it knows, its watches close, and it finds the pods of its node running. */
    public synchronized void restart(long dueNanos) {
        if (frozen) {
            return;
        }
        for (SimulatedPod pod : pods) {
            if (pod != null) {
                pod.stop();
                forget(pod);
                podManager.deletePod(pod.pod());
            }
        }
        closeManagers();
        configMaps = new ObjectSide<>(this, configMapSource, environment);
        secrets = new ObjectSide<>(this, secretSource, environment);
        podManager = new PodManager(configMaps.manager(), secrets.manager());
        for (int slot = 0; slot < pods.length; slot++) {
            SimulatedPod before = pods[slot];
            if (before != null) {
                SimulatedPod after = register(slot, before.template(), before.pod(), dueNanos);
                after.resume(before, dueNanos);
            }
        }
    }

    public synchronized int runningPods() {
        return (int) livePods().count();
    }

    /** Pods that still lack something they need. */
    public synchronized int waitingPods() {
        return (int) livePods().filter(pod -> !pod.started()).count();
    }

    /** Entries that follow the server and lack its newest version (check 2). */
    public int behind() {
        return configMaps.behind() + secrets.behind();
    }

    /** Notes each of these as a violation. */
    public void tellWhatIsBehind() {
        configMaps.tellWhatIsBehind();
        secrets.tellWhatIsBehind();
    }

    /** Notes each entry that gives its readers something else than it holds as a violation. */
    public void checkWhatIsHeld() {
        configMaps.checkWhatIsHeld();
        secrets.checkWhatIsHeld();
    }

    /** Tells the object of every entry that needs a watch, of both kinds, in no order. */
    void eachWatched(Consumer<ObjectId> visitor) {
        configMaps.forEachWatched(visitor);
        secrets.forEachWatched(visitor);
    }

    /** Compares every count of references with the pods that are here (check 5). */
    public synchronized void checkReferences() {
        checkReferences(ObjectKind.CONFIG_MAP, configMaps);
        checkReferences(ObjectKind.SECRET, secrets);
    }

    /** How many references each object has, by the pods that are here. */
    synchronized List<Integer> references() {
        List<Integer> counts = new ArrayList<>();
        for (ObjectSide<?> side : List.of(configMaps, secrets)) {
            counts.addAll(side.expectedReferences(livePods().map(SimulatedPod::template))
                    .values());
        }
        return counts;
    }

    private void checkReferences(ObjectKind<?> kind, ObjectSide<?> side) {
        if (!side.keepsReferences()) {
            return;
        }
        Map<ObjectKey, Integer> expected = side.expectedReferences(livePods().map(SimulatedPod::template));
        SortedMap<ObjectKey, Integer> actual = side.manager().references();
        if (!expected.equals(actual)) {
            environment
                    .violations()
                    .add(
                            Check.REFERENCES,
                            name + ": " + kind.plural() + " have " + actual + ", but the pods reference "
                                    + new TreeMap<>(expected));
        }
    }

    private Stream<SimulatedPod> livePods() {
        return Stream.of(pods).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    private void startPod(int slot, long dueNanos) {
        startPod(slot, source.next(slot), dueNanos);
    }

    private void startPod(int slot, PodTemplate template, long dueNanos) {
        SimulatedPod simulated = register(slot, template, newPod(template), dueNanos);
        recorders().podCame();
        simulated.start(dueNanos, source.nextLifetimeNanos());
    }

    private SimulatedPod register(int slot, PodTemplate template, Pod pod, long dueNanos) {
        configMaps.podCame(template);
        secrets.podCame(template);
        long start = scheduler().nanos();
        registering = template.prepared();
        podManager.updatePod(pod);
        registering = null;
        recorders().registered(dueNanos, start, scheduler().nanos());
        SimulatedPod simulated = new SimulatedPod(this, slot, template, pod);
        pods[slot] = simulated;
        return simulated;
    }

    /** The spec of the pod that is being registered was prepared with its template. */
    @SuppressWarnings("ReferenceEquality") // another instance is prepared anew
    PreparedSpec prepared(@Nullable PodSpec spec) {
        PreparedSpec known = registering;
        return known != null && known.spec() == spec ? known : PreparedSpec.of(spec == null ? new PodSpec() : spec);
    }

    private void end(int slot, SimulatedPod pod) {
        pods[slot] = null;
        recorders().podWent();
        pod.end();
        forget(pod);
    }

    private void forget(SimulatedPod pod) {
        configMaps.podWent(pod.template());
        secrets.podWent(pod.template());
    }

    private void delete(int slot, SimulatedPod pod) {
        end(slot, pod);
        podManager.deletePod(pod.pod());
    }

    /** The pod in the slot has done its work: it succeeds, and the next one takes its place. */
    void succeed(int slot, long dueNanos) {
        SimulatedPod pod = Objects.requireNonNull(pods[slot]);
        if (frozen) {
            return;
        }
        end(slot, pod);
        podManager.updatePod(LeanPod.succeeded(pod.pod()));
        startPod(slot, dueNanos);
    }

    private Pod newPod(PodTemplate template) {
        String podName = template.name() + "-" + name + "-" + incarnations++;
        String uid = new UUID(random.nextLong(), random.nextLong()).toString();
        return LeanPod.pending(template.namespace(), podName, uid, template.spec());
    }

    long nextSyncDelayNanos() {
        long frequency = environment.syncFrequency().toNanos();
        return frequency + (long) (frequency * SYNC_JITTER * random.nextDouble());
    }

    /** A pod worker that failed tries again after the back-off period times a factor in [1, 1.5). */
    long failedSyncDelayNanos() {
        return BACK_OFF_NANOS + (long) (BACK_OFF_NANOS * SYNC_JITTER * random.nextDouble());
    }

    void readSomething() {
        environment.onApplied().run();
    }

    ObjectSide<ConfigMap> configMaps() {
        return configMaps;
    }

    ObjectSide<Secret> secrets() {
        return secrets;
    }

    NodeEnvironment environment() {
        return environment;
    }

    Volumes volumes() {
        return environment.volumes();
    }

    /** What the node knows when it makes environments. */
    NodeFacts facts() {
        return facts;
    }

    /** Makes the environment of a container from these reads. */
    void makeEnvironment(EnvironmentReads reads, EnvironmentRequest request, EnvironmentHandler handler) {
        environment
                .environments()
                .make(
                        environment.envNames(),
                        reads::configMap,
                        reads::secret,
                        (pod, type, reason, message) -> recorders().namesSkipped(),
                        request,
                        handler);
    }

    void violated(Check check, String what) {
        environment.violations().add(check, name + ", " + what);
    }

    Scheduler scheduler() {
        return environment.scheduler();
    }

    RunRecorders recorders() {
        return environment.recorders();
    }
}
