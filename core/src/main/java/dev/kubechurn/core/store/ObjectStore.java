package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind that the pods of one node reference, with a count for each. Safe from any thread.
 *
 * @param <T> the kind of object
 */
public interface ObjectStore<T extends HasMetadata> extends AutoCloseable {

    /** One more registered pod names the object. Sends requests at most, waits for nothing (S1, S20). */
    void addReference(String namespace, String name);

    /** The same by the object's key. */
    default void addReference(ObjectKey key) {
        addReference(key.namespace(), key.name());
    }

    /** One registered pod less names the object; with the last one its entry goes (M9). */
    void deleteReference(String namespace, String name);

    /** The same by the object's key. */
    default void deleteReference(ObjectKey key) {
        deleteReference(key.namespace(), key.name());
    }

    /** Reads the object. The answer comes within this call where it is at hand, and on another thread otherwise. */
    void get(String namespace, String name, Reader<T> reader);

    /**
     * Reads the object from memory: the same as {@link #get} when that would find it at once, else null and then this
     * counts for nothing. Null too for an immutable object that no read has noticed yet: noticing takes a lock, so that
     * read has to be a {@link #get} (S7). Takes no lock and allocates nothing.
     */
    default @Nullable T getNow(String namespace, String name) {
        return null;
    }

    /**
     * What reads the object again and again without a look-up by name. For an object that is not referenced now, and
     * for a store that keeps no references, it reads by name each time.
     */
    default ObjectHandle<T> handle(String namespace, String name) {
        return new NamedHandle<>(this, namespace, name);
    }

    /** How many references each object has now, for checks; a snapshot. */
    SortedMap<ObjectKey, Integer> references();

    /** Stops all activity for good (S14); idempotent. */
    @Override
    void close();
}
