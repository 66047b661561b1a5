package dev.kubechurn.core.store;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/** A handle without an entry: it reads by name. */
record NamedHandle<T extends HasMetadata>(ObjectStore<T> store, String namespace, String name)
        implements ObjectHandle<T> {

    @Override
    public @Nullable T getNow() {
        return store.getNow(namespace, name);
    }

    @Override
    public void get(Reader<T> reader) {
        store.get(namespace, name, reader);
    }
}
