package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.ObjectHandle;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How one object that a registered pod names is read, once or again and again, and measured. Guarded by the node's
 * monitor.
 *
 * @param <T> the kind of object
 */
class ObjectReading<T extends HasMetadata> {

    private final ObjectSide<T> side;
    private final ObjectHandle<T> handle;

    /** Follows the object; null: no pod names it as the manager counts. */
    private final @Nullable TrackedEntry entry;

    /** The last one that a read gave, whose version is known therefore. */
    private @Nullable T last;

    private long lastRevision;

    ObjectReading(ObjectSide<T> side, String namespace, String name) {
        this.side = side;
        this.handle = side.manager().handle(namespace, name);
        this.entry = side.entry(handle, namespace, name);
    }

    final ObjectSide<T> side() {
        return side;
    }

    final @Nullable TrackedEntry entry() {
        return entry;
    }

    final @Nullable T last() {
        return last;
    }

    /** Of {@link #last}. */
    final long lastRevision() {
        return lastRevision;
    }

    /**
     * Reads from memory, as was due at {@code dueNanos}; false: it is not at hand, and this counts for nothing.
     *
     * @param environment the node's, which the caller has at hand: by way of the node's side it is farther
     */
    final boolean now(NodeEnvironment environment, long dueNanos) {
        long floor = floor();
        long start = environment.scheduler().nanos();
        Object atHand = handle.getNow();
        if (atHand == null) {
            return false;
        }
        long end = environment.scheduler().nanos();
        environment.recorders().lookedUp(dueNanos, start, end);
        found(environment, atHand, floor, generation(), dueNanos, end);
        return true;
    }

    /** Reads what was not at hand. */
    final void later(long dueNanos, Reader<? super T> reader) {
        int begun = generation(); // before the floor, which belongs to it or to a later one
        long floor = entry == null ? 0 : entry.fetchBegins();
        handle.get(new LateReader<>(this, floor, begun, dueNanos, side.nanos(), reader));
    }

    private void foundNothing(long floor, int begun) {
        if (entry != null) {
            entry.readNothing(floor, begun);
        }
    }

    private int generation() {
        return entry == null ? 0 : entry.generation();
    }

    private long floor() {
        return entry == null ? 0 : entry.readBegins();
    }

    /**
     * Readers share the objects, so the same instance is the same version.
     *
     * @param object a T: to have it cast here would look into an object that nearly always is the {@link #last} one, and in no
     *     cache
     */
    @SuppressWarnings({"ReferenceEquality", "unchecked"})
    private void found(
            NodeEnvironment environment, Object object, long floor, int begun, long dueNanos, long nowNanos) {
        if (object != last) {
            T another = (T) object;
            last = another;
            lastRevision = EntryTracker.revision(another);
        }
        if (entry != null) {
            if (!environment.keepsReferences()) {
                entry.brought(lastRevision, nowNanos);
            }
            entry.read(environment.recorders(), floor, begun, lastRevision, dueNanos, nowNanos);
        }
    }

    /** A read that memory did not answer with an object. */
    private record LateReader<T extends HasMetadata>(
            ObjectReading<T> reading, long floor, int begun, long dueNanos, long startNanos, Reader<? super T> reader)
            implements Reader<T> {

        @Override
        public void found(T object) {
            ObjectSide<T> side = reading.side;
            synchronized (side.node()) {
                long now = side.nanos();
                side.recorders().lookedUpLate(dueNanos, startNanos, now);
                reading.found(side.environment(), object, floor, begun, dueNanos, now);
            }
            reader.found(object);
        }

        @Override
        public void failed(LookupError error) {
            ObjectSide<T> side = reading.side;
            side.recorders().lookedUpLate(dueNanos, startNanos, side.nanos());
            side.recorders().lookupFailed();
            if (error instanceof LookupError.NotFound) {
                reading.foundNothing(floor, begun);
            }
            reader.failed(error);
        }
    }
}
