package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.core.manager.StoreSettings;
import dev.kubechurn.core.store.ObjectHandle;
import dev.kubechurn.core.store.ObjectStore;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.core.store.WatchingStore;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.metrics.Commits;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One node's manager for one kind of object, with what is measured of it. */
final class ObjectSide<T extends HasMetadata> {

    private final SimulatedNode node;
    private final ObjectKind<T> kind;
    private final NodeEnvironment environment;
    private final Function<PreparedSpec, List<String>> namesOf;
    private final EntryTracker<T> tracker;
    private final ObjectStore<T> store;
    private final ObjectManager<T> manager;
    // What pods name, with strategy Get, whose store keeps nothing; guarded by the node.
    private final Map<ObjectKey, Named> named = new HashMap<>(0);

    ObjectSide(SimulatedNode node, Source<T> source, NodeEnvironment environment) {
        this.node = node;
        this.kind = source.kind;
        this.environment = environment;
        this.namesOf = source.namesOf;
        tracker = new EntryTracker<>(node.name(), kind, environment);
        StoreSettings settings = new StoreSettings(
                source.clock, source.random, environment.syncFrequency(), environment.reflectors(), environment.ttl());
        store = ObjectManagers.store(environment.strategy(), kind, source.api, settings, tracker);
        manager = environment.managers().of(store, spec -> namesOf.apply(node.prepared(spec)));
    }

    /**
     * What a manager is made from, again and again where the kubelet restarts.
     *
     * @param clock the kubelet's
     * @param namesOf the objects of this kind that a pod names
     */
    record Source<T extends HasMetadata>(
            ObjectKind<T> kind,
            ObjectApi<T> api,
            Scheduler clock,
            DoubleSupplier random,
            Function<PreparedSpec, List<String>> namesOf) {}

    /** An object that pods name, where no store counts them. */
    private static final class Named {

        private final TrackedEntry entry;
        private int pods;

        Named(TrackedEntry entry) {
            this.entry = entry;
        }
    }

    ObjectManager<T> manager() {
        return manager;
    }

    /** Tells the object of each entry that needs a watch, in no order; none with strategies that hold none. */
    void forEachWatched(Consumer<ObjectId> visitor) {
        if (store instanceof WatchingStore<T> watching) {
            watching.forEachRunning(key -> visitor.accept(ObjectId.of(kind, key)));
        }
    }

    /** Entries that follow the server and lack its newest version; with Cache and Get nothing follows. */
    int behind() {
        int[] behind = {0};
        forEachFollowed(entry -> behind[0] += entry.behind() ? 1 : 0);
        return behind[0];
    }

    /** Each entry that follows the server, in no order; none with strategies that follow nothing. */
    private void forEachFollowed(Consumer<TrackedEntry> visitor) {
        if (store instanceof WatchingStore<T> watching) {
            watching.forEachHandle(handle -> {
                if (handle.listener() instanceof TrackedEntry entry) {
                    visitor.accept(entry);
                }
            });
        }
    }

    /** Whether the manager counts references at all (M14). */
    boolean keepsReferences() {
        return environment.keepsReferences();
    }

    SimulatedNode node() {
        return node;
    }

    NodeEnvironment environment() {
        return environment;
    }

    long nanos() {
        return environment.scheduler().nanos();
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
            for (String name : namesOf.apply(pod.prepared())) {
                named.computeIfAbsent(new ObjectKey(pod.namespace(), name), key -> new Named(tracker.added(key)))
                        .pods++;
            }
        }
    }

    /** A pod that came goes. Guarded by the node. */
    void podWent(PodTemplate pod) {
        if (!keepsReferences()) {
            for (String name : namesOf.apply(pod.prepared())) {
                named.computeIfPresent(new ObjectKey(pod.namespace(), name), (key, present) -> {
                    if (--present.pods > 0) {
                        return present;
                    }
                    present.entry.removed();
                    return null;
                });
            }
        }
    }

    /** What follows an object that a pod names; null: none does as the manager counts. Guarded by the node. */
    @Nullable
    TrackedEntry entry(ObjectHandle<T> handle, String namespace, String name) {
        if (keepsReferences()) {
            return handle.listener() instanceof TrackedEntry entry ? entry : null;
        }
        Named present = named.get(new ObjectKey(namespace, name));
        return present == null ? null : present.entry;
    }

    /** Reads an object once, as a pod does at its start or sync, which was due at {@code dueNanos}. */
    void read(String namespace, String name, long dueNanos, Reader<? super T> reader) {
        ObjectReading<T> reading = new ObjectReading<>(this, namespace, name);
        if (reading.now(environment, dueNanos)) {
            reader.found(Objects.requireNonNull(reading.last()));
        } else {
            reading.later(dueNanos, reader);
        }
    }

    /** The objects that registered pods name. */
    List<ObjectKey> namedKeys() {
        synchronized (node) {
            return keepsReferences()
                    ? List.copyOf(manager.references().keySet())
                    : named.keySet().stream().sorted().toList();
        }
    }

    void violated(Check check, ObjectKey key, String what) {
        tracker.violated(check, key, what);
    }

    /** Tells of the entries that are {@link #behind} though they have had all the time that they need. */
    void tellWhatIsBehind() {
        forEachFollowed(TrackedEntry::tellIfBehind);
    }

    /** Compares what each entry holds with what the manager gives. */
    void checkWhatIsHeld() {
        forEachFollowed(entry -> entry.checkGiven(
                manager.getNow(entry.key().namespace(), entry.key().name())));
    }

    /** The counts that the registered pods' specs ask for (check 5). */
    Map<ObjectKey, Integer> expectedReferences(Stream<PodTemplate> pods) {
        Map<ObjectKey, Integer> counts = new HashMap<>();
        pods.forEach(pod -> namesOf.apply(pod.prepared())
                .forEach(name -> counts.merge(new ObjectKey(pod.namespace(), name), 1, Integer::sum)));
        return counts;
    }
}
