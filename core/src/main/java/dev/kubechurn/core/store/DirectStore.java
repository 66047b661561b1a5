package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collections;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The store of strategy Get: remembers nothing, asks the server for each read, and needs no reference (S40, S41, M14).
 *
 * <p>Safe from any thread. After {@link #close()} no request is sent and a read is Unavailable; requests under way end
 * by themselves.
 *
 * @param <T> the kind of object
 */
public final class DirectStore<T extends HasMetadata> implements ObjectStore<T> {

    private final ObjectApi<T> api;
    private volatile boolean closed;

    public DirectStore(ObjectApi<T> api) {
        this.api = api;
    }

    /** Does nothing (M14). */
    @Override
    public void addReference(String namespace, String name) {}

    /** Does nothing (M14). */
    @Override
    public void deleteReference(String namespace, String name) {}

    /** One GET by quorum, whose answer or error is passed on as it is. */
    @Override
    public void get(String namespace, String name, Reader<T> reader) {
        if (closed) {
            reader.failed(new LookupError.Unavailable("the store is closed"));
            return;
        }
        Call unused = api.get(new ObjectKey(namespace, name), "", new PassOn<>(reader));
    }

    /** Always null: nothing is at hand. */
    @Override
    public @Nullable T getNow(String namespace, String name) {
        return null;
    }

    /** Always empty: no reference is kept. */
    @Override
    public SortedMap<ObjectKey, Integer> references() {
        return Collections.emptySortedMap();
    }

    @Override
    public void close() {
        closed = true;
    }

    private record PassOn<T extends HasMetadata>(Reader<T> reader) implements ObjectApi.GetHandler<T> {

        @Override
        public void found(T object) {
            reader.found(object);
        }

        @Override
        public void failed(ApiError error) {
            reader.failed(LookupError.of(error));
        }
    }
}
