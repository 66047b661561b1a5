package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.ObjectHandle;
import dev.kubechurn.core.store.ObjectStore;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds one reference in an {@link ObjectStore} for each distinct object that each registered pod names, and settles
 * only differences (M2 to M12).
 *
 * <p>Safe from any thread: what happens to one pod happens one after the other, under that pod's monitor; reads
 * take no lock here (M15). The set of names is computed once for each instance of {@code PodSpec}: a
 * registered instance must not be changed in place, or the change is not seen. A changed pod comes with a spec of its
 * own, as every watch and every informer delivers it.
 *
 * @param <T> the kind of object
 */
public final class CacheBasedManager<T extends HasMetadata> implements ObjectManager<T> {

    /** Of a pod without one; nobody changes it. */
    private static final ObjectMeta NO_METADATA = new ObjectMeta();

    private final ObjectStore<T> store;
    private final Function<@Nullable PodSpec, ? extends Collection<String>> namesOf;
    private final RegisteredPods pods = new RegisteredPods();

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
        ObjectMeta metadata = metadata(pod);
        String namespace = text(metadata.getNamespace());
        String name = text(metadata.getName());
        String uid = text(metadata.getUid());
        PodSpec spec = pod.getSpec();
        List<String> names = null;
        RegisteredPod known = pods.find(namespace, name, uid);
        while (known == null || !known.knows(spec)) {
            names = names == null ? List.copyOf(namesOf.apply(spec)) : names;
            boolean settled = known == null
                    ? addedWith(spec, names, new RegisteredPod(namespace, name), uid)
                    : settled(known, spec, names);
            if (settled) {
                return;
            }
            known = pods.find(namespace, name, uid);
        }
        // The very same pod again, as with each of its syncs: that takes no lock and makes no object.
    }

    /** Whoever finds the pod meanwhile waits at its monitor until its names are referenced. */
    private boolean addedWith(@Nullable PodSpec spec, List<String> names, RegisteredPod fresh, String uid) {
        synchronized (fresh) {
            return pods.add(uid, fresh) && settled(fresh, spec, names);
        }
    }

    /** References what is new and gives up what is not named any more (M3), unless the pod has just gone. */
    private boolean settled(RegisteredPod pod, @Nullable PodSpec spec, List<String> names) {
        synchronized (pod) {
            if (pod.isGone()) {
                return false;
            }
            List<String> before = pod.names();
            for (int i = 0; i < names.size(); i++) {
                if (!before.contains(names.get(i))) {
                    store.addReference(pod.namespace, names.get(i));
                }
            }
            drop(pod, names);
            pod.remember(spec, names);
            return true;
        }
    }

    @Override
    public void unregisterPod(Pod pod) {
        ObjectMeta metadata = metadata(pod);
        String uid = text(metadata.getUid());
        RegisteredPod known = pods.find(text(metadata.getNamespace()), text(metadata.getName()), uid);
        if (known == null) {
            return;
        }
        synchronized (known) {
            if (!known.isGone()) {
                drop(known, List.of());
                known.leave();
                pods.remove(uid, known);
            }
        }
    }

    /** Gives up what the pod named before and is not kept. */
    private void drop(RegisteredPod pod, List<String> kept) {
        List<String> names = pod.names();
        for (int i = 0; i < names.size(); i++) {
            if (!kept.contains(names.get(i))) {
                store.deleteReference(pod.namespace, names.get(i));
            }
        }
    }

    private static ObjectMeta metadata(Pod pod) {
        return pod.getMetadata() == null ? NO_METADATA : pod.getMetadata();
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
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
}
