package dev.kubechurn.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.virtual.KubeletVerb;
import dev.kubechurn.sim.apiserver.virtual.VirtualNetwork;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.engine.VirtualTime;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The life of pods on one node, in virtual time and without any delay of the server's. */
final class SimulatedNodeTest {

    private static final Duration SYNC = Duration.ofSeconds(60);
    private static final Duration LONGEST_SYNC = SYNC.multipliedBy(3).dividedBy(2);

    /** After that a read that had to wait for its list looks again (S3). */
    private static final Duration READ_STEP = Duration.ofMillis(10);

    private final VirtualTime time = new VirtualTime();
    private final RandomStreams streams = new RandomStreams(7);
    private final CommitLog commitLog = new CommitLog();
    private final RunRecorders recorders = new RunRecorders();
    private final Violations violations = new Violations();
    private final ApiStore store =
            new ApiStore(ApiStore.Limits.DEFAULT, time, () -> Instant.EPOCH, streams.stream("apiserver", 0));
    private final VirtualNetwork network = new VirtualNetwork(store, time);

    /** V16: a volume shows an update at the next periodic sync of its pod, not before and not later. */
    @Test
    void aVolumeIsReadAgainAtEachSync() {
        store.create(configMap("config", "one"));
        SimulatedNode node = node(Strategy.WATCH, TtlSource.absent(), mounting("config"));
        start(node);
        time.advance(READ_STEP);
        assertThat(node.waitingPods()).isZero();

        store.update(configMap("config", "two"));
        time.runDue();
        assertThat(node.behind()).as("the store has it at once").isZero();
        assertThat(node.caughtUp()).as("the volume does not").isFalse();
        time.advance(LONGEST_SYNC);
        assertThat(node.caughtUp()).isTrue();
        assertThat(recorders.visible().total().getTotalCount()).isOne();
        assertThat(recorders.visible().total().getMaxValue())
                .isBetween(SYNC.toNanos() * 99 / 100, LONGEST_SYNC.toNanos() * 101 / 100);
    }

    /** V16: environment variables are never refreshed, so nothing reads what only they name. */
    @Test
    void theEnvironmentIsMadeOnce() {
        store.create(configMap("config", "one"));
        SimulatedNode node = node(Strategy.GET, TtlSource.absent(), withKey("config", "key", false));
        start(node);
        assertThat(network.calls(KubeletVerb.GET)).isOne();
        time.advance(Duration.ofHours(1));
        assertThat(network.calls(KubeletVerb.GET)).isOne();
        assertThat(recorders.resolve().total().getTotalCount()).isOne();
    }

    /** With Cache a read may be older than the server by less than the TTL, and by nothing more than the sync after it. */
    @Test
    void stalenessIsTheTimeThatAReadLagsBehind() {
        Duration ttl = Duration.ofMinutes(5);
        store.create(configMap("config", "one"));
        SimulatedNode node = node(Strategy.CACHE, TtlSource.ofSeconds(ttl.toSeconds()), mounting("config"));
        start(node);
        store.update(configMap("config", "two"));
        time.advance(ttl.minusSeconds(1));
        assertThat(node.caughtUp()).isFalse();
        assertThat(recorders.staleness().total().getMaxValue()).isBetween(1L, ttl.toNanos());
        time.advance(LONGEST_SYNC);
        assertThat(node.caughtUp()).isTrue();
        assertThat(recorders.staleness().total().getMaxValue()).isLessThan(ttl.toNanos());
    }

    /** A pod waits for a volume's object and tries again after 500 ms, 1 s, 2 s and so on. */
    @Test
    void aMountThatFailsIsTriedAgainWithGrowingWaits() {
        SimulatedNode node = node(Strategy.GET, TtlSource.absent(), mounting("late"));
        start(node);
        assertThat(recorders.failedMounts()).isOne();
        time.advance(Duration.ofMillis(500));
        assertThat(recorders.failedMounts()).isEqualTo(2);
        time.advance(Duration.ofMillis(999));
        assertThat(recorders.failedMounts()).isEqualTo(2);
        time.advance(Duration.ofMillis(1));
        assertThat(recorders.failedMounts()).isEqualTo(3);
        assertThat(node.waitingPods()).isOne();

        store.create(configMap("late", "one"));
        time.advance(Duration.ofSeconds(2));
        assertThat(node.waitingPods()).isZero();
        assertThat(recorders.failedMounts()).isEqualTo(3);
    }

    /** E34: the object is there, the key is not; the container starts once it is. */
    @Test
    void aContainerWithoutItsKeyIsTriedAgain() {
        store.create(configMap("config", "one"));
        SimulatedNode node = node(Strategy.WATCH, TtlSource.absent(), withKey("config", "another", false));
        start(node);
        time.advance(READ_STEP);
        assertThat(node.waitingPods()).isOne();
        assertThat(recorders.failedStarts()).isOne();
        store.update(new ConfigMapBuilder(configMap("config", "one"))
                .addToData("another", "value")
                .build());
        time.advance(Duration.ofSeconds(20));
        assertThat(node.waitingPods()).isZero();
    }

    /** V6, E33: what is optional may be absent. */
    @Test
    void optionalObjectsMayBeAbsent() {
        PodSpec spec = new PodSpecBuilder(withKey("absent", "key", true))
                .editContainer(0)
                .addNewVolumeMount()
                .withName("volume")
                .withMountPath("/volume")
                .endVolumeMount()
                .endContainer()
                .addToVolumes(new VolumeBuilder()
                        .withName("volume")
                        .withNewConfigMap()
                        .withName("absent-too")
                        .withOptional(true)
                        .endConfigMap()
                        .build())
                .build();
        SimulatedNode node = node(Strategy.WATCH, TtlSource.absent(), spec);
        start(node);
        time.advance(READ_STEP);
        assertThat(node.waitingPods()).isZero();
        assertThat(recorders.failedMounts() + recorders.failedStarts()).isZero();
    }

    /** Image pull secrets are asked for at each sync; the pod runs without them too. */
    @Test
    void pullSecretsAreReadAtEachSync() {
        PodSpec spec = new PodSpecBuilder(withKey("config", "key", false))
                .addNewImagePullSecret("registry")
                .build();
        store.create(configMap("config", "one"));
        SimulatedNode node = node(Strategy.GET, TtlSource.absent(), spec);
        start(node);
        assertThat(node.waitingPods()).isZero();
        assertThat(network.calls(KubeletVerb.GET)).isEqualTo(2);
        store.create(new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("registry")
                .endMetadata()
                .build());
        time.advance(LONGEST_SYNC);
        assertThat(network.calls(KubeletVerb.GET)).isEqualTo(3);
    }

    /** A volume that no container mounts is not set up, though its object counts as referenced (N3). */
    @Test
    void unmountedVolumesAreNotRead() {
        PodSpec spec = new PodSpecBuilder(mounting("config"))
                .editContainer(0)
                .withVolumeMounts()
                .endContainer()
                .build();
        SimulatedNode node = node(Strategy.GET, TtlSource.absent(), spec);
        start(node);
        assertThat(node.waitingPods()).isZero();
        assertThat(network.calls(KubeletVerb.GET)).isZero();
    }

    /** S9, X7: what only the environment names is watched until nobody has read it for long; what is mounted, for good. */
    @Test
    void onlyWhatIsMountedStaysWatched() {
        store.create(configMap("read-once", "one"));
        store.create(configMap("mounted", "one"));
        PodSpec mounting = mounting("mounted");
        PodSpec spec = new PodSpecBuilder(mounting)
                .editContainer(0)
                .addNewEnvFrom()
                .withNewConfigMapRef("read-once", false)
                .endEnvFrom()
                .endContainer()
                .build();
        SimulatedNode node = node(Strategy.WATCH, TtlSource.absent(), spec);
        start(node);
        assertThat(network.openWatches()).hasSize(2);
        time.advance(SYNC.multipliedBy(5).plusMinutes(2));
        assertThat(network.openWatches())
                .containsExactly(ObjectId.of(ObjectKind.CONFIG_MAP, new ObjectKey("shop", "mounted")));
    }

    /** With Get nothing is followed while no pod names it: an update in that time reaches nobody late. */
    @Test
    void getFollowsOnlyWhatAPodNames() {
        store.create(configMap("config", "one"));
        SimulatedNode node = node(Strategy.GET, TtlSource.absent(), mounting("config"));
        start(node);
        node.delete(0);
        store.update(configMap("config", "two"));
        time.advance(Duration.ofMinutes(5));
        node.fill(0, time.nanos());
        time.runDue();
        assertThat(node.waitingPods()).isZero();
        assertThat(recorders.propagation().total().getTotalCount()).isZero();
        store.update(configMap("config", "three"));
        time.advance(LONGEST_SYNC);
        assertThat(recorders.propagation().total().getTotalCount()).isOne();
        assertThat(recorders.propagation().total().getMaxValue())
                .isLessThanOrEqualTo(LONGEST_SYNC.toNanos() * 101 / 100);
    }

    /** The last pod takes its watches, its timers and its references with it. */
    @Test
    void nothingIsLeftOfADrainedNode() {
        store.create(configMap("config", "one"));
        SimulatedNode node = node(Strategy.WATCH, TtlSource.absent(), mounting("config"));
        start(node);
        time.advance(READ_STEP);
        node.drain();
        time.runDue();
        node.checkReferences();
        node.close();
        assertThat(network.openWatches()).isEmpty();
        assertThat(time.pendingTimers()).isZero();
        assertThat(violations.total()).isZero();
    }

    private void start(SimulatedNode node) {
        recorders.measureFrom(time.nanos());
        node.start(time.nanos());
        time.runDue();
    }

    private SimulatedNode node(Strategy strategy, TtlSource ttl, PodSpec spec) {
        store.addCommitListener((type, object, nanos) -> commitLog.committed(
                new ObjectId(object.resource().plural(), object.key()), object.revision(), nanos, object.immutable()));
        NodeEnvironment environment = new NodeEnvironment(
                time,
                any -> network.api(ObjectKind.CONFIG_MAP),
                any -> network.api(ObjectKind.SECRET),
                strategy,
                ttl,
                SYNC,
                WatchSettings.DEFAULT,
                NameMode.STRICT,
                Volumes.payloadsOnly(),
                commitLog,
                recorders,
                violations,
                () -> {});
        return new SimulatedNode(0, environment, new OnePod(spec), streams);
    }

    private static PodSpec mounting(String configMap) {
        return new PodSpecBuilder()
                .withEnableServiceLinks(true)
                .withContainers(new ContainerBuilder()
                        .withName("main")
                        .addNewVolumeMount()
                        .withName("config")
                        .withMountPath("/config")
                        .endVolumeMount()
                        .build())
                .withVolumes(new VolumeBuilder()
                        .withName("config")
                        .withNewConfigMap()
                        .withName(configMap)
                        .endConfigMap()
                        .build())
                .build();
    }

    private static PodSpec withKey(String configMap, String key, boolean optional) {
        return new PodSpecBuilder()
                .withEnableServiceLinks(true)
                .withContainers(new ContainerBuilder()
                        .withName("main")
                        .addNewEnv()
                        .withName("VARIABLE")
                        .withNewValueFrom()
                        .withNewConfigMapKeyRef(key, configMap, optional)
                        .endValueFrom()
                        .endEnv()
                        .build())
                .build();
    }

    private static ConfigMap configMap(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    private record OnePod(PodSpec spec) implements PodSource {

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public PodTemplate next(int slot) {
            return new PodTemplate("shop", "pod", spec);
        }

        @Override
        public long nextLifetimeNanos() {
            return Long.MAX_VALUE;
        }
    }
}
