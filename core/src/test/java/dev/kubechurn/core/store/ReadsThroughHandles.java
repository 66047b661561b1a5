package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A store whose every read goes through a handle, taken for this read alone. */
record ReadsThroughHandles<T extends HasMetadata>(ObjectStore<T> store) implements ObjectStore<T> {

    @Override
    public void addReference(String namespace, String name) {
        store.addReference(namespace, name);
    }

    @Override
    public void deleteReference(String namespace, String name) {
        store.deleteReference(namespace, name);
    }

    @Override
    public void get(String namespace, String name, Reader<T> reader) {
        store.handle(namespace, name).get(reader);
    }

    @Override
    public @Nullable T getNow(String namespace, String name) {
        return store.handle(namespace, name).getNow();
    }

    @Override
    public SortedMap<ObjectKey, Integer> references() {
        return store.references();
    }

    @Override
    public void close() {
        store.close();
    }
}
