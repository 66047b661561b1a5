package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.pod.PodRegistry;
import dev.kubechurn.core.store.ObjectHandle;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the objects of one kind that the pods of one node reference, by one strategy (M1). Never blocks; safe from any
 * thread (M15).
 *
 * @param <T> the kind of object
 */
public interface ObjectManager<T extends HasMetadata> extends PodRegistry, AutoCloseable {

    /** Reads an object; the answer comes within the call where it is at hand, else on a callback thread (M13). */
    void get(String namespace, String name, Reader<T> reader);

    /** The object if {@link #get} would find it at once, else null; takes no lock and allocates nothing. */
    @Nullable
    T getNow(String namespace, String name);

    /** What reads an object again and again without a look-up by name; see {@link ObjectHandle}. */
    ObjectHandle<T> handle(String namespace, String name);

    /** How many registered pods reference each object; a snapshot, for checks. */
    SortedMap<ObjectKey, Integer> references();

    /** How many pods are registered. */
    int registeredPods();

    /** Stops all activity for good (S14). */
    @Override
    void close();
}
