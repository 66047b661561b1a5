package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.DirectStore;
import dev.kubechurn.core.store.ObjectHandle;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The manager of strategy Get: registering does nothing and keeps nothing (M14). Safe from any thread. */
final class DirectManager<T extends HasMetadata> implements ObjectManager<T> {

    private final DirectStore<T> store;

    DirectManager(DirectStore<T> store) {
        this.store = store;
    }

    @Override
    public void registerPod(Pod pod) {}

    @Override
    public void unregisterPod(Pod pod) {}

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

    /** Always 0. */
    @Override
    public int registeredPods() {
        return 0;
    }

    @Override
    public void close() {
        store.close();
    }
}
