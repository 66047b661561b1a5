package dev.kubechurn.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.store.EntryListener;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.core.store.WatchingStore;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Verb;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One seed's kubelet and server: does random things and knows what must hold after each. */
final class RandomWorld {

    private static final List<String> NAMESPACES = List.of("shop", "bank");
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int POD_NAMES = 3;
    private static final int UIDS = 2;
    private static final int[] STATUSES = {403, 410, 429, 500};
    private static final long[] ADVANCES_MILLIS = {0, 1, 100, 700, 1000, 1001, 5_000, 61_000, 301_000, 1_900_000};
    private static final long[] LATENCIES_MILLIS = {0, 0, 3, 400, 1_500};
    private static final Duration READ_LIMIT = Duration.ofSeconds(1);
    private static final Duration READ_STEP = Duration.ofMillis(10);

    private final SplittableRandom random;
    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final FakeServer server = new FakeServer(scheduler);
    private final WatchingStore<ConfigMap> store;
    private final ObjectManager<ConfigMap> manager;

    /** What is registered, by triple: the names of the last registering. */
    private final Map<String, Pod> registered = new HashMap<>();

    private final List<Pending> reads = new ArrayList<>();

    /** The newest version that a read of the present entry has given. */
    private final Map<ObjectKey, Long> seen = new HashMap<>();

    /** The newest version that the present entry has applied. */
    private final Map<ObjectKey, Long> applied = new HashMap<>();

    private final Set<ObjectKey> immutableAtServer = new HashSet<>();

    private record Pod(String namespace, String name, String uid, List<String> names) {
        io.fabric8.kubernetes.api.model.Pod toModel() {
            return Samples.podIn(namespace, name, uid, names.toArray(String[]::new));
        }

        String triple() {
            return namespace + "/" + name + "/" + uid;
        }
    }

    private record Pending(ObjectKey key, Duration since, RecordingReader<ConfigMap> reader) {}

    RandomWorld(long seed) {
        random = new SplittableRandom(seed);
        server.lateCallbacks(random.nextBoolean());
        store = new WatchingStore<>(
                ObjectKind.CONFIG_MAP,
                server.configMaps(),
                scheduler,
                random.split()::nextDouble,
                Duration.ofSeconds(random.nextBoolean() ? 60 : 1),
                new Forgetting());
        manager = ObjectManagers.ofConfigMaps(store);
    }

    /** Does one random thing, and checks; what it did. */
    String step() {
        String done = act();
        if (random.nextInt(4) != 0) {
            scheduler.runDue();
        }
        check();
        return done;
    }

    private String act() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> register();
            case 3, 4 -> unregister();
            case 5, 6, 7 -> read(key());
            case 8 -> readNow(key());
            case 9, 10, 11, 12 -> changeServer(key());
            case 13, 14, 15, 16 -> advance();
            default -> fault();
        };
    }

    private String register() {
        List<String> names =
                NAMES.stream().filter(name -> random.nextInt(3) == 0).toList();
        Pod pod = pod(names);
        manager.registerPod(pod.toModel());
        registered.put(pod.triple(), pod);
        return "register " + pod;
    }

    private String unregister() {
        Pod pod = pod(List.of());
        manager.unregisterPod(pod.toModel());
        registered.remove(pod.triple());
        return "unregister " + pod;
    }

    private Pod pod(List<String> names) {
        return new Pod(pick(NAMESPACES), "pod-" + random.nextInt(POD_NAMES), "uid-" + random.nextInt(UIDS), names);
    }

    private String read(ObjectKey key) {
        Pending read = new Pending(key, scheduler.elapsed(), new RecordingReader<>());
        manager.get(key.namespace(), key.name(), read.reader);
        reads.add(read);
        settleReads();
        return "read " + key;
    }

    private String readNow(ObjectKey key) {
        ConfigMap object = manager.getNow(key.namespace(), key.name());
        if (object != null) {
            requireNotOlder(key, object);
        }
        return "getNow " + key;
    }

    private String changeServer(ObjectKey key) {
        boolean there = server.newest(ObjectKind.CONFIG_MAP, key) != null;
        if (there && (immutableAtServer.contains(key) || random.nextInt(4) == 0)) {
            server.delete(ObjectKind.CONFIG_MAP, key);
            immutableAtServer.remove(key);
            return "delete " + key;
        }
        boolean immutable = random.nextInt(8) == 0;
        if (immutable) {
            immutableAtServer.add(key);
        }
        ConfigMap object = new ConfigMapBuilder(Samples.configMap(key.namespace(), key.name(), "v"))
                .withImmutable(immutable ? Boolean.TRUE : null)
                .build();
        if (there) {
            server.update(object);
        } else {
            server.create(object);
        }
        return (there ? "update " : "create ") + key + (immutable ? " immutable" : "");
    }

    private String advance() {
        Duration duration = Duration.ofMillis(ADVANCES_MILLIS[random.nextInt(ADVANCES_MILLIS.length)]);
        scheduler.advance(duration);
        return "advance " + duration;
    }

    private String fault() {
        switch (random.nextInt(9)) {
            case 0 -> server.dropWatches();
            case 1 -> server.expireWatches();
            case 2 -> server.partition();
            case 3, 4 -> server.heal();
            case 5 -> server.staleReads();
            case 6 -> server.latency(Duration.ofMillis(LATENCIES_MILLIS[random.nextInt(LATENCIES_MILLIS.length)]));
            case 7 -> server.inject(new WatchEvent.Bookmark(bookmark()));
            default ->
                server.failNext(
                        random.nextBoolean() ? Verb.LIST : Verb.WATCH,
                        STATUSES[random.nextInt(STATUSES.length)],
                        1 + random.nextInt(2));
        }
        return "a fault";
    }

    private ConfigMap bookmark() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withResourceVersion(Long.toString(server.revision()))
                .endMetadata()
                .build();
    }

    /** What holds at any time. */
    private void check() {
        settleReads();
        Map<ObjectKey, Integer> truth = truth();
        assertThat(manager.references()).as("references").isEqualTo(truth);
        assertThat(manager.registeredPods()).as("registered pods").isEqualTo(registered.size());
        assertThat(truth.keySet()).as("open watches are of referenced objects").containsAll(server.openWatches());
        assertThat(server.openWatches()).as("one watch per object").doesNotHaveDuplicates();
    }

    private Map<ObjectKey, Integer> truth() {
        Map<ObjectKey, Integer> counts = new TreeMap<>();
        registered
                .values()
                .forEach(pod ->
                        pod.names.forEach(name -> counts.merge(new ObjectKey(pod.namespace, name), 1, Integer::sum)));
        return counts;
    }

    private void settleReads() {
        for (Iterator<Pending> each = reads.iterator(); each.hasNext(); ) {
            Pending read = each.next();
            ConfigMap object = read.reader.found();
            if (object != null) {
                assertThat(object.getMetadata().getName()).isEqualTo(read.key.name());
                requireNotOlder(read.key, object);
            }
            if (read.reader.answered()) {
                each.remove();
            } else {
                assertThat(scheduler.elapsed().minus(read.since))
                        .as("wait of a read")
                        .isLessThanOrEqualTo(READ_LIMIT);
            }
        }
    }

    private void requireNotOlder(ObjectKey key, ConfigMap object) {
        long version = version(object);
        if (manager.references().containsKey(key)) {
            assertThat(version).as("version read of " + key).isGreaterThanOrEqualTo(seen.getOrDefault(key, 0L));
            seen.put(key, version);
        }
    }

    /** Ends all faults, waits long enough, and checks that everything has converged. */
    void settle() {
        server.heal();
        server.stopFailing();
        server.latency(Duration.ZERO);
        scheduler.advance(Duration.ofSeconds(130));
        check();
        assertThat(reads).as("reads without an answer").isEmpty();
        checkConverged();
        Set<ObjectKey> marked = new TreeSet<>();
        store.entries().stream().filter(state -> state.immutable()).forEach(state -> marked.add(state.key()));
        for (ObjectKey key : truth().keySet()) {
            RecordingReader<ConfigMap> reader = new RecordingReader<>();
            manager.get(key.namespace(), key.name(), reader);
            scheduler.advance(READ_STEP);
            HasMetadata newest = server.newest(ObjectKind.CONFIG_MAP, key);
            if (marked.contains(key)) {
                assertThat(reader.object().getImmutable()).isTrue();
            } else if (newest == null) {
                assertThat(reader.error().message()).endsWith("not found");
            } else {
                assertThat(reader.object()).as("read of " + key).isSameAs(newest);
            }
        }
        checkConverged();
    }

    private void checkConverged() {
        List<ObjectKey> following = new ArrayList<>();
        store.entries().forEach(state -> {
            if (!state.stopped()) {
                following.add(state.key());
                assertThat(state.synced()).as("synced " + state).isTrue();
                HasMetadata newest = server.newest(ObjectKind.CONFIG_MAP, state.key());
                assertThat(state.resourceVersion())
                        .as("version of " + state)
                        .isEqualTo(newest == null ? null : newest.getMetadata().getResourceVersion());
            }
        });
        assertThat(server.openWatches()).as("open watches when quiescent").isEqualTo(sorted(following));
    }

    /** Takes all pods away, or closes first, and checks that nothing is left. */
    void end() {
        if (random.nextBoolean()) {
            manager.close();
            register();
            read(key());
            scheduler.advance(READ_LIMIT);
            check();
            assertThat(server.openWatches()).as("open watches after closing").isEmpty();
        }
        List.copyOf(registered.values()).forEach(pod -> manager.unregisterPod(pod.toModel()));
        registered.clear();
        check();
        assertThat(store.entries()).isEmpty();
        assertThat(server.openWatches()).as("open watches after the last pod").isEmpty();
        manager.close();
        scheduler.advance(READ_LIMIT.multipliedBy(2));
        assertThat(scheduler.pending()).as("timers left").isZero();
    }

    private ObjectKey key() {
        return new ObjectKey(pick(NAMESPACES), pick(NAMES));
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<ObjectKey> sorted(List<ObjectKey> keys) {
        return keys.stream().sorted().toList();
    }

    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    /** A new entry may begin with an older version than the last one gave, when the server's cache is stale. */
    private final class Forgetting implements StoreListener<ConfigMap> {
        @Override
        public EntryListener<ConfigMap> added(ObjectKey key) {
            return new EntryListener<>() {
                @Override
                public void removed() {
                    seen.remove(key);
                    applied.remove(key);
                }

                @Override
                public void applied(@Nullable ConfigMap object) {
                    if (object != null) {
                        assertThat(version(object))
                                .as("version applied to " + key)
                                .isGreaterThanOrEqualTo(applied.getOrDefault(key, 0L));
                        applied.put(key, version(object));
                    }
                }
            };
        }
    }
}
