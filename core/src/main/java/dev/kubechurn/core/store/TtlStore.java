package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Scheduler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The store of strategy Cache: each referenced object is fetched when somebody reads it, and kept for a time to live
 * (S20 to S33).
 *
 * <p>Safe from any thread. It owns no timer: a value grows stale by itself. The reads of one object are one after the
 * other and wait in a queue, not on a thread; those of different objects know nothing of each other. After
 * {@link #close()} no request is sent: a read that would need one gives what is remembered, else Unavailable.
 *
 * @param <T> the kind of object
 */
public final class TtlStore<T extends HasMetadata> implements ObjectStore<T> {

    private final ReferencedEntries<CachedObject<T>> entries =
            new ReferencedEntries<>(key -> new CachedObject<>(this, key));
    private final ObjectApi<T> api;
    private final Scheduler scheduler;
    private final TtlSource ttl;
    private final StoreListener<? super T> listener;
    private volatile boolean closed;

    /**
     * @param ttl asked anew for each read
     * @param listener hears of entries that come and go, and of each value or absence that is remembered
     */
    public TtlStore(ObjectApi<T> api, Scheduler scheduler, TtlSource ttl, StoreListener<? super T> listener) {
        this.api = api;
        this.scheduler = scheduler;
        this.ttl = ttl;
        this.listener = listener;
    }

    /** Also forgets the value, whoever else references the object; sends nothing (S20). */
    @Override
    public void addReference(String namespace, String name) {
        entries.addReference(namespace, name);
    }

    @Override
    public void deleteReference(String namespace, String name) {
        entries.deleteReference(namespace, name);
    }

    @Override
    public void get(String namespace, String name, Reader<T> reader) {
        CachedObject<T> entry = entries.find(namespace, name);
        if (entry == null) {
            reader.failed(new LookupError.NotRegistered(new ObjectKey(namespace, name)));
        } else {
            entry.get(reader);
        }
    }

    @Override
    public @Nullable T getNow(String namespace, String name) {
        CachedObject<T> entry = entries.find(namespace, name);
        return entry == null ? null : entry.getNow();
    }

    @Override
    public ObjectHandle<T> handle(String namespace, String name) {
        CachedObject<T> entry = entries.find(namespace, name);
        return entry == null ? new NamedHandle<>(this, namespace, name) : entry;
    }

    @Override
    public SortedMap<ObjectKey, Integer> references() {
        return entries.references();
    }

    /** Requests under way are left to end by themselves: the reads that wait for them get their answers. */
    @Override
    public void close() {
        closed = true;
    }

    ObjectApi<T> api() {
        return api;
    }

    StoreListener<? super T> listener() {
        return listener;
    }

    boolean isClosed() {
        return closed;
    }

    long nanos() {
        return scheduler.nanos();
    }

    /** Whether what was fetched then is fresh now (S21, S29). */
    boolean isFresh(long fetchedNanos) {
        return scheduler.nanos() - fetchedNanos < ttl.nanos();
    }
}
