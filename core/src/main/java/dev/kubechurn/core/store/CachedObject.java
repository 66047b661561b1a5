package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one referenced object in a {@link TtlStore}. Each new reference begins a new {@link CachedValue}; reads
 * that wait stay with the value they found (S20).
 */
final class CachedObject<T extends HasMetadata> extends ReferencedEntries.Entry implements ObjectHandle<T> {

    private final TtlStore<T> store;

    /** Written under the monitor that guards the count of references. */
    private volatile CachedValue<T> value;

    private volatile EntryListener<? super T> listener = EntryListener.DEAF;
    private volatile boolean released;

    CachedObject(TtlStore<T> store, ObjectKey key) {
        super(key);
        this.store = store;
        this.value = new CachedValue<>(this, key());
    }

    @Override
    Object monitor() {
        return this;
    }

    TtlStore<T> store() {
        return store;
    }

    @Override
    public @Nullable T getNow() {
        return released ? null : value.readNow();
    }

    @Override
    public void get(Reader<T> reader) {
        if (references() == 0) {
            awaitFirstReference();
        }
        if (released) {
            reader.failed(new LookupError.NotRegistered(key()));
        } else {
            value.read(reader);
        }
    }

    /** Whoever finds the entry while it is being added must not be ahead of those who are told of it. */
    private synchronized void awaitFirstReference() {}

    @Override
    public EntryListener<? super T> listener() {
        return listener;
    }

    @Override
    void referenced(int count) {
        if (count == 1) {
            listener = store.listener().added(key());
        } else {
            value.forget();
            value = new CachedValue<>(this, key());
            listener.forgotten();
        }
    }

    @Override
    void release() {
        released = true;
        value.forget();
        listener.removed();
    }
}
