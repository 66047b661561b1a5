package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.reflector.Reflector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of strategy Watch, the kubelet's default: one reflector for each referenced object, reads from memory
 * (S1 to S14).
 *
 * <p>Safe from any thread. A read of a synced object takes no lock and allocates nothing. The entries of one namespace
 * come and go under their own monitor, so that an old watch is given up before the next one of the same object is
 * asked for; there is no global lock.
 *
 * @param <T> the kind of object
 */
public final class WatchingStore<T extends HasMetadata> implements ObjectStore<T> {

    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** An entry is looked at again after so many sweeps at the latest. */
    private static final int LONGEST_SWEEPS = 60;

    private final ReferencedEntries<WatchedObject<T>> entries =
            new ReferencedEntries<>(key -> new WatchedObject<>(this, key));
    private final IdleQueue<WatchedObject<T>> idle;
    private final ObjectKind<T> kind;
    private final Scheduler scheduler;
    private final Reflector.Environment<T> environment;
    private final StoreListener<? super T> listener;
    private final long maxIdleNanos;
    private final Sweep sweep;
    private volatile boolean closed;

    /** With reflectors as kubelets have them; see the other constructor. */
    public WatchingStore(
            ObjectKind<T> kind,
            ObjectApi<T> api,
            Scheduler scheduler,
            DoubleSupplier random,
            Duration resync,
            StoreListener<? super T> listener) {
        this(kind, api, scheduler, random, resync, WatchSettings.DEFAULT, listener);
    }

    /**
     * @param resync the kubelet's sync interval: an entry stops when nobody read it for longer than max(60 s, 5 ×
     *     resync) (S9)
     * @param random draws from [0, 1), safe from any thread
     * @param settings of the watches
     */
    public WatchingStore(
            ObjectKind<T> kind,
            ObjectApi<T> api,
            Scheduler scheduler,
            DoubleSupplier random,
            Duration resync,
            WatchSettings settings,
            StoreListener<? super T> listener) {
        this.kind = kind;
        this.scheduler = scheduler;
        this.environment = new Reflector.Environment<>(api, scheduler, random, listener, settings);
        this.listener = listener;
        this.maxIdleNanos = Math.max(SWEEP_NANOS, 5 * resync.toNanos());
        this.idle = new IdleQueue<>((int) Math.min(LONGEST_SWEEPS, maxIdleNanos / SWEEP_NANOS + 1));
        this.sweep = new Sweep();
        if (settings.idleStop()) {
            scheduler.schedule(sweep, SWEEP_NANOS);
        }
    }

    @Override
    public void addReference(String namespace, String name) {
        entries.addReference(namespace, name);
        if (closed) {
            shutDown(namespace, name); // close() may have missed an entry that came while it ran
        }
    }

    @Override
    public void deleteReference(String namespace, String name) {
        entries.deleteReference(namespace, name);
    }

    @Override
    public void get(String namespace, String name, Reader<T> reader) {
        WatchedObject<T> entry = entries.find(namespace, name);
        if (entry == null) {
            reader.failed(new LookupError.NotRegistered(new ObjectKey(namespace, name)));
        } else {
            entry.get(reader);
        }
    }

    @Override
    public @Nullable T getNow(String namespace, String name) {
        WatchedObject<T> entry = entries.find(namespace, name);
        return entry == null ? null : entry.getNow();
    }

    @Override
    public ObjectHandle<T> handle(String namespace, String name) {
        WatchedObject<T> entry = entries.find(namespace, name);
        return entry == null ? new NamedHandle<>(this, namespace, name) : entry;
    }

    @Override
    public SortedMap<ObjectKey, Integer> references() {
        return entries.references();
    }

    /** All entries as they are now, in the order of their keys within each namespace; each namespace is consistent. */
    public List<EntryState> entries() {
        List<EntryState> states = new ArrayList<>();
        entries.forEachInOrder(entry -> states.add(entry.state()));
        return states;
    }

    /**
     * Tells the key of each entry that follows the server, so that it holds a watch open once nothing is under way any
     * more; in no order. Entries that come or go in the meantime may be missed.
     */
    public void forEachRunning(Consumer<? super ObjectKey> visitor) {
        entries.forEach(entry -> {
            if (entry.isRunning()) {
                visitor.accept(entry.key());
            }
        });
    }

    /** Visits the handle of each entry once, in no order; entries that come or go in the meantime may be missed. */
    public void forEachHandle(Consumer<? super ObjectHandle<T>> visitor) {
        entries.forEach(visitor::accept);
    }

    @Override
    public void close() {
        closed = true;
        scheduler().cancel(sweep);
        entries.forEach(WatchedObject::shutDown);
    }

    ObjectKind<T> kind() {
        return kind;
    }

    Reflector.Environment<T> environment() {
        return environment;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** The entries that run, and some that have stopped since their last look. */
    IdleQueue<WatchedObject<T>> idle() {
        return idle;
    }

    StoreListener<? super T> listener() {
        return listener;
    }

    boolean isClosed() {
        return closed;
    }

    private void shutDown(String namespace, String name) {
        WatchedObject<T> entry = entries.find(namespace, name);
        if (entry != null) {
            entry.shutDown();
        }
    }

    /** Stops idle entries every 60 s, counted from the construction of the store (S9). */
    private final class Sweep extends Timer {

        private long nextNanos = scheduler().nanos() + SWEEP_NANOS;

        @Override
        public void fire() {
            if (closed) {
                return;
            }
            long now = scheduler().nanos();
            // A stamp may lag the read by that much: an entry must not stop early.
            long limit = maxIdleNanos + scheduler().coarseLagNanos();
            idle.sweep(entry -> sweepsUntil(entry.stopIfIdle(now, limit)));
            nextNanos += SWEEP_NANOS;
            scheduler().schedule(this, nextNanos - now);
            if (closed) {
                scheduler().cancel(this);
            }
        }

        /** The last sweep within a time, because they may come late; at least one; none if the time is negative. */
        private static int sweepsUntil(long nanos) {
            return nanos < 0 ? 0 : (int) Math.max(1, Math.min(LONGEST_SWEEPS, nanos / SWEEP_NANOS));
        }
    }
}
