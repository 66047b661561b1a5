package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.ObjectHandle;
import dev.kubechurn.core.store.ObjectStore;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds one reference in an {@link ObjectStore} for each distinct object that each registered pod names, and settles
 * only differences (M2 to M12).
 *
 * <p>Safe from any thread: what happens to one pod happens one after the other, under that pod's lock in the map; reads
 * take no lock here (M15). The set of names is computed once for each instance of {@code PodSpec}: a
 * registered instance must not be changed in place, or the change is not seen. A changed pod comes with a spec of its
 * own, as every watch and every informer delivers it.
 *
 * @param <T> the kind of object
 */
public final class CacheBasedManager<T extends HasMetadata> implements ObjectManager<T> {

    private final ObjectStore<T> store;
    private final Function<@Nullable PodSpec, ? extends Collection<String>> namesOf;
    private final ConcurrentHashMap<PodKey, Registration> pods = new ConcurrentHashMap<>();

    /**
     * @param namesOf the names that a spec holds, each once: {@code PodReferences::configMaps} or {@code
     *     PodReferences::secrets} (M11); an immutable list is kept as it is, so that pods with one spec can share it
     */
    public CacheBasedManager(ObjectStore<T> store, Function<@Nullable PodSpec, ? extends Collection<String>> namesOf) {
        this.store = store;
        this.namesOf = namesOf;
    }

    @Override
    public void registerPod(Pod pod) {
        if (isRegistered(pod)) {
            return; // each sync of a pod registers it again: that takes no lock and makes no object
        }
        pods.compute(PodKey.of(pod), (key, before) -> {
            PodSpec spec = pod.getSpec();
            if (before != null && before.knows(spec)) {
                return before;
            }
            Registration after = new Registration(spec, List.copyOf(namesOf.apply(spec)));
            List<String> known = before == null ? List.of() : before.names;
            for (String name : after.names) {
                if (!known.contains(name)) {
                    store.addReference(new ObjectKey(key.namespace(), name));
                }
            }
            drop(key, known, after.names);
            return after;
        });
    }

    /** Whether the pod is registered with the very same spec; its key goes nowhere, so that the compiler can take it away. */
    private boolean isRegistered(Pod pod) {
        Registration known = pods.get(PodKey.of(pod));
        return known != null && known.knows(pod.getSpec());
    }

    @Override
    public void unregisterPod(Pod pod) {
        pods.computeIfPresent(PodKey.of(pod), (key, before) -> {
            drop(key, before.names, List.of());
            return null;
        });
    }

    private void drop(PodKey key, List<String> names, List<String> kept) {
        for (String name : names) {
            if (!kept.contains(name)) {
                store.deleteReference(new ObjectKey(key.namespace(), name));
            }
        }
    }

    @Override
    public void get(String namespace, String name, Reader<T> reader) {
        store.get(namespace, name, reader);
    }

    @Override
    public @Nullable T getNow(String namespace, String name) {
        return store.getNow(namespace, name);
    }

    @Override
    public ObjectHandle<T> handle(String namespace, String name) {
        return store.handle(namespace, name);
    }

    @Override
    public SortedMap<ObjectKey, Integer> references() {
        return store.references();
    }

    @Override
    public int registeredPods() {
        return pods.size();
    }

    @Override
    public void close() {
        store.close();
    }

    /** What is remembered of a pod: its spec, to know it again, and the names in it. */
    private record Registration(@Nullable PodSpec spec, List<String> names) {

        /** The very same instance names the same objects: comparing two specs costs more than asking one. */
        @SuppressWarnings("ReferenceEquality")
        boolean knows(@Nullable PodSpec other) {
            return spec == other;
        }
    }
}
