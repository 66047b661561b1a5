package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ReadWait;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.virtual.ServerModel;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.Churn;
import dev.kubechurn.sim.workload.TemplateLoad;
import dev.kubechurn.sim.workload.UpdateLoad;
import dev.kubechurn.sim.workload.WorkloadPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What immutable objects cost (S3, S7): one list and one watch each, as any other. The kubelet's own managers sent 130
 * lists and 130 watches for 130 places, 24 of them immutable.
 */
final class ImmutableCostTest {

    private static final int PODS = 13;
    private static final int PER_POD = 10;
    private static final int PLACES = PODS * PER_POD;
    private static final int IMMUTABLE = 24;
    private static final long MILLIS = 1_000_000;

    static Stream<Arguments> latencies() {
        return Stream.of(
                Arguments.of(Draw.constant(0), Draw.constant(0)),
                Arguments.of(Draw.constant(MILLIS), Draw.constant(MILLIS)),
                Arguments.of(Draw.constant(3 * MILLIS), Draw.constant(4 * MILLIS)),
                // given up on its way, and counted all the same
                Arguments.of(Draw.constant(9 * MILLIS), Draw.constant(9 * MILLIS)),
                Arguments.of(Draw.constant(10 * MILLIS), Draw.constant(MILLIS)),
                Arguments.of(Draw.logNormal(5 * MILLIS, 100 * MILLIS), Draw.logNormal(2 * MILLIS, 30 * MILLIS)));
    }

    @ParameterizedTest
    @MethodSource("latencies")
    void aHundredAndThirtyPlacesCostAsManyListsAndWatchesWhateverIsImmutable(Draw list, Draw watch) throws Exception {
        assertCost(list, watch, false);
        assertCost(list, watch, true);
    }

    private static void assertCost(Draw list, Draw watch, boolean imported) throws InterruptedException {
        ServerLoad load = settled(list, watch, imported, WatchSettings.DEFAULT);
        assertThat(load.requests("list")).as("lists").isEqualTo(PLACES);
        assertThat(load.requests("watch")).as("watches").isEqualTo(PLACES);
        assertThat(load.requests("get")).as("gets").isZero();
        assertThat(load.watches()).as("open watches").isEqualTo(PLACES - IMMUTABLE);
    }

    /** The watch of an immutable object stands until the read looks again, 10 ms after it began. */
    @Test
    void everyWatchStandsUntilTheReadLooksAgain() throws Exception {
        ServerLoad load = settled(Draw.constant(MILLIS), Draw.constant(MILLIS), false, WatchSettings.DEFAULT);
        assertThat(load.watchesPeak()).isEqualTo(PLACES);
    }

    /** With woken reads a watch is sent, too, but most are given up before a server could open them. */
    @Test
    void wokenReadsHoldNoWatchOfWhatIsImmutable() throws Exception {
        ServerLoad load = settled(
                Draw.constant(MILLIS),
                Draw.constant(MILLIS),
                false,
                WatchSettings.DEFAULT.withReadWait(ReadWait.WOKEN));
        assertThat(load.requests("list")).isEqualTo(PLACES);
        assertThat(load.watchesPeak()).isEqualTo(PLACES - IMMUTABLE);
        assertThat(load.watches()).isEqualTo(PLACES - IMMUTABLE);
    }

    private static ServerLoad settled(Draw list, Draw watch, boolean imported, WatchSettings watches)
            throws InterruptedException {
        ServerModel instant = ServerModel.INSTANT;
        ServerModel model = new ServerModel(
                new ServerModel.Latency(Draw.constant(0), list, watch, Draw.constant(0)),
                instant.replicas(),
                instant.maxInFlight(),
                instant.queue(),
                instant.streamsPerConnection(),
                instant.qps(),
                instant.burst(),
                instant.nodeStatusNanos());
        RandomStreams streams = new RandomStreams(1);
        Ground ground = Ground.virtual(streams, model, ApiStore.Limits.DEFAULT);
        List<HasMetadata> objects = new ArrayList<>();
        try (PhasedCluster cluster = new PhasedCluster(
                ground, Strategy.WATCH, watches, Duration.ofMinutes(1), pods(imported, objects, streams), streams)) {
            cluster.start(objects);
            cluster.pass(Duration.ofSeconds(10));
            return ground.transport().load();
        }
    }

    private static List<PodSource> pods(boolean imported, List<HasMetadata> objects, RandomStreams streams) {
        List<PodTemplate> pods = new ArrayList<>();
        for (int pod = 0; pod < PODS; pod++) {
            int first = pod * PER_POD;
            List<ObjectId> named = IntStream.range(first, first + PER_POD)
                    .mapToObj(i -> imported || i % 2 == 0
                            ? MountingPod.configMap("object-" + i)
                            : MountingPod.secret("object-" + i))
                    .toList();
            named.forEach(id -> objects.add(version(id, objects.size())));
            MountingPod made = new MountingPod();
            pods.add((imported ? made.imports(named) : made.mounts(named)).template());
        }
        TemplateLoad load = new TemplateLoad(pods, List.of(), objects, Draw.constant(Long.MAX_VALUE));
        return List.of(WorkloadPlan.of(load, 1, new Churn.Steady(0), new UpdateLoad(0, 0, 0), streams)
                .podsOf(0));
    }

    /** Every fifth is immutable, until there are enough. */
    private static HasMetadata version(ObjectId id, int number) {
        HasMetadata object = MountingPod.version(id, "value");
        boolean immutable = number % 5 == 0 && number / 5 < IMMUTABLE;
        if (object instanceof ConfigMap configMap) {
            configMap.setImmutable(immutable);
        } else {
            ((Secret) object).setImmutable(immutable);
        }
        return object;
    }
}
