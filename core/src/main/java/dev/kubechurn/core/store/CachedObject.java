package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The entry of one referenced object in a {@link TtlStore}. Each new reference begins a new {@link CachedValue}; reads
 * that wait stay with the value they found (S20).
 */
final class CachedObject<T extends HasMetadata> extends ReferencedEntries.Entry {

    private final TtlStore<T> store;
    private final ObjectKey key;

    /** Written under the lock that guards the count of references. */
    private volatile CachedValue<T> value;

    CachedObject(TtlStore<T> store, ObjectKey key) {
        this.store = store;
        this.key = key;
        this.value = new CachedValue<>(store, key);
    }

    @Override
    ObjectKey key() {
        return key;
    }

    CachedValue<T> value() {
        return value;
    }

    @Override
    void referenced() {
        if (references() == 1) {
            store.listener().added(key);
        } else {
            value.forget();
            value = new CachedValue<>(store, key);
        }
    }

    @Override
    void release() {
        value.forget();
        store.listener().removed(key);
    }
}
