package dev.kubechurn.sim.run;

import static dev.kubechurn.sim.run.CountingTransport.BOOKMARK;
import static dev.kubechurn.sim.run.CountingTransport.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.Churn;
import dev.kubechurn.sim.workload.TemplateLoad;
import dev.kubechurn.sim.workload.UpdateLoad;
import dev.kubechurn.sim.workload.WorkloadPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same settled scenario over HTTP and in virtual time: what the API server is asked and what it sends is equal, for
 * each object and to the byte, and is what arithmetic says.
 *
 * <p>Bookmarks are left out: when one comes, and whether, is a matter of how long a watch has been open, and so of the
 * machine's speed.
 */
final class HttpAndVirtualTest {

    private static final int WATCHES = 2_000;
    private static final int NODES = 4;
    private static final int PODS_PER_NODE = 10;
    private static final int OWN = 25;
    private static final int COMMON = 25;

    /** So long that no pod looks again by itself. */
    private static final Duration SYNC = Duration.ofHours(1);

    /** Some objects change more often than others. */
    private static final int MOST_UPDATES = 3;

    private final List<ObjectId> objects = Stream.concat(
                    IntStream.range(0, NODES * PODS_PER_NODE).boxed().flatMap(pod -> own(pod).stream()), common())
            .toList();

    @Test
    void watchesCostTheSame() throws InterruptedException {
        Counted http = watched(Ground.mock(new RandomStreams(1), 0), WatchSettings.DEFAULT);
        Counted virtual = watched(Ground.virtual(new RandomStreams(1)), WatchSettings.DEFAULT);
        assertThat(http.counts).isEqualTo(virtual.counts);
        if (http.server.events() == virtual.server.events()) { // a bookmark has its bytes
            assertThat(http.server.bytes()).isEqualTo(virtual.server.bytes());
        }

        Counts counts = virtual.counts;
        assertThat(counts.lists).as("one for each node and object").isEqualTo(watchers());
        assertThat(counts.watches).as("one for each node and object").isEqualTo(watchers());
        assertThat(sum(counts.watches)).isEqualTo(WATCHES);
        assertThat(counts.events).as("one for each watch and update").isEqualTo(expectedEvents());
        assertThat(counts.gets).isEmpty();
    }

    @Test
    void watchesThatListCostTheSame() throws InterruptedException {
        WatchSettings watchList = new WatchSettings(Duration.ofMinutes(30), true, true);
        Counted http = watched(Ground.mock(new RandomStreams(1), 0), watchList);
        Counted virtual = watched(Ground.virtual(new RandomStreams(1)), watchList);
        assertThat(http.counts).isEqualTo(virtual.counts);

        Counts counts = virtual.counts;
        assertThat(counts.lists).isEmpty();
        assertThat(counts.watches).as("one for each node and object").isEqualTo(watchers());
        SortedMap<ObjectId, Long> events = expectedEvents();
        watchers().forEach((id, count) -> events.merge(id, count, Long::sum));
        assertThat(counts.events).as("the same, and one more for each watch").isEqualTo(events);
        assertThat(virtual.server.events())
                .as("and a bookmark behind each")
                .isGreaterThanOrEqualTo(sum(events) + WATCHES);
    }

    /** Pods come, objects change, other pods take their places: strategies that keep nothing ask for each read. */
    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"CACHE", "GET"})
    void readsCostTheSame(Strategy strategy) throws InterruptedException {
        Counted http = read(strategy, Ground.mock(new RandomStreams(1), 0));
        Counted virtual = read(strategy, Ground.virtual(new RandomStreams(1)));
        assertThat(http.counts).isEqualTo(virtual.counts);
        assertThat(http.server.bytes()).isEqualTo(virtual.server.bytes());

        Counts counts = virtual.counts;
        assertThat(counts.gets)
                .as("one for each pod and object: each new reference makes a value of Cache stale (S20)")
                .isEqualTo(readers());
        assertThat(counts.lists).isEmpty();
        assertThat(counts.watches).isEmpty();
    }

    private Counted watched(Ground ground, WatchSettings watches) throws InterruptedException {
        try (PhasedCluster cluster = cluster(ground, Strategy.WATCH, watches)) {
            cluster.start(first());
            assertThat(ground.transport().load().watches()).isEqualTo(WATCHES);
            cluster.update(updates());
            cluster.drain();
            return counts(cluster, ground.transport().load());
        }
    }

    private Counted read(Strategy strategy, Ground ground) throws InterruptedException {
        try (PhasedCluster cluster = cluster(ground, strategy, WatchSettings.DEFAULT)) {
            cluster.start(first());
            cluster.update(updates());
            cluster.replacePods();
            cluster.drain();
            return counts(cluster, ground.transport().load());
        }
    }

    /** Counted at the kubelets' port; the server's own totals must be the same. */
    private static Counted counts(PhasedCluster cluster, ServerLoad server) {
        Counts counts = new Counts(
                cluster.perObject("list"),
                cluster.perObject("watch"),
                cluster.perObject("get"),
                cluster.perObject(EVENT));
        assertThat(server.requests("list")).isEqualTo(sum(counts.lists));
        assertThat(server.requests("watch")).isEqualTo(sum(counts.watches));
        assertThat(server.requests("get")).isEqualTo(sum(counts.gets));
        assertThat(server.watchesPeak()).isEqualTo(sum(counts.watches));
        assertThat(server.events())
                .as("events that the server sent; a bookmark may have found its watch gone")
                .isGreaterThanOrEqualTo(sum(counts.events) + sum(cluster.perObject(BOOKMARK)));
        return new Counted(counts, server);
    }

    private PhasedCluster cluster(Ground ground, Strategy strategy, WatchSettings watches) {
        RandomStreams streams = new RandomStreams(1);
        TemplateLoad load = new TemplateLoad(
                IntStream.range(0, NODES * PODS_PER_NODE)
                        .mapToObj(pod -> new MountingPod().mounts(named(pod)).template())
                        .toList(),
                List.of(),
                first(),
                Draw.constant(Long.MAX_VALUE));
        WorkloadPlan plan = WorkloadPlan.of(load, NODES, new Churn.Steady(0), new UpdateLoad(0, 0, 0), streams);
        List<PodSource> pods = IntStream.range(0, NODES).mapToObj(plan::podsOf).toList();
        return new PhasedCluster(ground, strategy, watches, SYNC, pods, streams);
    }

    // ---- the load ------------------------------------------------------------------------------------------------

    /** What a pod names: its own objects, and two portions of those that are common to all nodes. */
    private static List<ObjectId> named(int pod) {
        List<ObjectId> named = new ArrayList<>(own(pod));
        int place = pod / NODES; // on its node: pods are dealt out in turn
        named.addAll(portion(place));
        named.addAll(portion((place + 1) % PODS_PER_NODE));
        return named;
    }

    private static List<ObjectId> own(int pod) {
        return mixed("pod-" + pod, OWN);
    }

    private static List<ObjectId> portion(int portion) {
        return mixed("common-" + portion, COMMON);
    }

    private static Stream<ObjectId> common() {
        return IntStream.range(0, PODS_PER_NODE).boxed().flatMap(portion -> portion(portion).stream());
    }

    /** Every fifth is a Secret. */
    private static List<ObjectId> mixed(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        i % 5 == 0 ? MountingPod.secret(prefix + "-" + i) : MountingPod.configMap(prefix + "-" + i))
                .toList();
    }

    private List<HasMetadata> first() {
        return objects.stream().map(id -> MountingPod.version(id, "first")).toList();
    }

    private List<HasMetadata> updates() {
        List<HasMetadata> updates = new ArrayList<>();
        for (int round = 0; round < MOST_UPDATES; round++) {
            for (int i = 0; i < objects.size(); i++) {
                if (updatesOf(i) > round) {
                    updates.add(MountingPod.version(objects.get(i), "update " + round));
                }
            }
        }
        return updates;
    }

    private static int updatesOf(int index) {
        return index % (MOST_UPDATES + 1);
    }

    // ---- what arithmetic says ------------------------------------------------------------------------------------

    /** Each node once for each object that a pod of it names. */
    private SortedMap<ObjectId, Long> watchers() {
        SortedMap<ObjectId, Long> watchers = new TreeMap<>();
        objects.forEach(id -> watchers.put(id, watchersOf(id)));
        return watchers;
    }

    private static long watchersOf(ObjectId id) {
        return isCommon(id) ? NODES : 1;
    }

    /** Each pod once for each object that it names, and the one in its place again. */
    private SortedMap<ObjectId, Long> readers() {
        SortedMap<ObjectId, Long> readers = new TreeMap<>();
        objects.forEach(id -> readers.put(id, 2L * (isCommon(id) ? 2 * NODES : 1)));
        return readers;
    }

    private SortedMap<ObjectId, Long> expectedEvents() {
        SortedMap<ObjectId, Long> events = new TreeMap<>();
        for (int i = 0; i < objects.size(); i++) {
            if (updatesOf(i) > 0) {
                events.put(objects.get(i), watchersOf(objects.get(i)) * updatesOf(i));
            }
        }
        return events;
    }

    private static boolean isCommon(ObjectId id) {
        return id.key().name().startsWith("common-");
    }

    private static long sum(SortedMap<ObjectId, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private record Counted(Counts counts, ServerLoad server) {}

    private record Counts(
            SortedMap<ObjectId, Long> lists,
            SortedMap<ObjectId, Long> watches,
            SortedMap<ObjectId, Long> gets,
            SortedMap<ObjectId, Long> events) {}
}
