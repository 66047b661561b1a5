package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.core.manager.StoreSettings;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.EntryState;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.ObjectStore;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.core.store.WatchingStore;
import dev.kubechurn.sim.metrics.Commits;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One node's manager for one kind of object, with what is measured of it. */
final class ObjectSide<T extends HasMetadata> {

    private final SimulatedNode node;
    private final ObjectKind<T> kind;
    private final NodeEnvironment environment;
    private final Function<@Nullable PodSpec, Set<String>> namesOf;
    private final EntryTracker<T> tracker;
    private final ObjectStore<T> store;
    private final ObjectManager<T> manager;
    // How many pods name each object, with strategy Get; guarded by the node.
    private final Map<ObjectKey, Integer> named = new HashMap<>();

    ObjectSide(
            SimulatedNode node,
            ObjectKind<T> kind,
            ObjectApi<T> api,
            NodeEnvironment environment,
            DoubleSupplier random,
            Function<@Nullable PodSpec, Set<String>> namesOf) {
        this.node = node;
        this.kind = kind;
        this.environment = environment;
        this.namesOf = namesOf;
        tracker = new EntryTracker<>(
                node.name(),
                kind,
                environment.scheduler(),
                environment.commitLog(),
                environment.recorders(),
                environment.violations(),
                environment.onApplied());
        StoreSettings settings =
                new StoreSettings(environment.scheduler(), random, environment.syncFrequency(), environment.ttl());
        store = ObjectManagers.store(environment.strategy(), kind, api, settings, tracker);
        manager = ObjectManagers.of(kind, store);
    }

    ObjectManager<T> manager() {
        return manager;
    }

    /** The entries that hold watches; none with strategies that hold none. */
    List<EntryState> entries() {
        return store instanceof WatchingStore<T> watching ? watching.entries() : List.of();
    }

    /** Entries that follow the server and lack its newest version; with Cache and Get nothing follows. */
    int behind() {
        return environment.strategy() == Strategy.WATCH ? tracker.behind() : 0;
    }

    /** Whether the manager counts references at all (M14). */
    boolean keepsReferences() {
        return environment.strategy() != Strategy.GET;
    }

    SimulatedNode node() {
        return node;
    }

    ObjectKind<T> kind() {
        return kind;
    }

    RunRecorders recorders() {
        return environment.recorders();
    }

    /** When the server committed each version of an object. */
    Commits commits(ObjectKey key) {
        return environment.commitLog().of(ObjectId.of(kind, key));
    }

    /** A pod comes: with Get, which keeps no references, what it names is followed from here. Guarded by the node. */
    void podCame(PodTemplate pod) {
        if (!keepsReferences()) {
            for (String name : namesOf.apply(pod.spec())) {
                ObjectKey key = new ObjectKey(pod.namespace(), name);
                if (named.merge(key, 1, Integer::sum) == 1) {
                    tracker.added(key);
                }
            }
        }
    }

    /** A pod that came goes. Guarded by the node. */
    void podWent(PodTemplate pod) {
        if (!keepsReferences()) {
            for (String name : namesOf.apply(pod.spec())) {
                ObjectKey key = new ObjectKey(pod.namespace(), name);
                if (named.merge(key, -1, Integer::sum) == 0) {
                    named.remove(key);
                    tracker.removed(key);
                }
            }
        }
    }

    /** Reads an object as a pod does at its start or sync, which was due at {@code dueNanos}. */
    void read(ObjectKey key, long dueNanos, Reader<? super T> reader) {
        TrackedEntry entry = tracker.entry(key);
        long floor = entry == null ? 0 : entry.readBegins();
        long start = environment.scheduler().nanos();
        T object = manager.getNow(key.namespace(), key.name());
        if (object != null) {
            long end = environment.scheduler().nanos();
            recorders().lookedUp(dueNanos, start, end);
            found(object, entry, floor, dueNanos, end);
            reader.found(object);
        } else {
            manager.get(key.namespace(), key.name(), new LateReader(entry, floor, dueNanos, start, reader));
        }
    }

    /** The counts that the registered pods' specs ask for (check 5). */
    SortedMap<ObjectKey, Integer> expectedReferences(Stream<PodTemplate> pods) {
        SortedMap<ObjectKey, Integer> counts = new TreeMap<>();
        pods.forEach(pod -> namesOf.apply(pod.spec())
                .forEach(name -> counts.merge(new ObjectKey(pod.namespace(), name), 1, Integer::sum)));
        return counts;
    }

    private void found(T object, @Nullable TrackedEntry entry, long floor, long dueNanos, long nowNanos) {
        if (entry != null) {
            long revision = EntryTracker.revision(object);
            if (!keepsReferences()) {
                entry.brought(revision, nowNanos);
            }
            entry.read(floor, revision, dueNanos, nowNanos);
        }
    }

    /** A read that memory did not answer with an object. */
    private final class LateReader implements Reader<T> {

        private final @Nullable TrackedEntry entry;
        private final long floor;
        private final long dueNanos;
        private final long startNanos;
        private final Reader<? super T> reader;

        LateReader(@Nullable TrackedEntry entry, long floor, long dueNanos, long startNanos, Reader<? super T> reader) {
            this.entry = entry;
            this.floor = floor;
            this.dueNanos = dueNanos;
            this.startNanos = startNanos;
            this.reader = reader;
        }

        @Override
        public void found(T object) {
            long now = environment.scheduler().nanos();
            recorders().lookedUpLate(dueNanos, startNanos, now);
            ObjectSide.this.found(object, entry, floor, dueNanos, now);
            reader.found(object);
        }

        @Override
        public void failed(LookupError error) {
            recorders()
                    .lookedUpLate(dueNanos, startNanos, environment.scheduler().nanos());
            recorders().lookupFailed();
            reader.failed(error);
        }
    }
}
