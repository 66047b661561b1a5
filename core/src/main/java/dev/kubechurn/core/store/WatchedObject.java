package dev.kubechurn.core.store;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ReadWait;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.reflector.Reflector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one referenced object in a {@link WatchingStore}: its reflector, its value and the reads that wait.
 *
 * <p>Everything is guarded by the reflector's monitor, except that reads of a synced value take no lock: they use
 * {@code atHand} and {@code lastAccessNanos}, which are volatile.
 */
final class WatchedObject<T extends HasMetadata> extends IdleQueue.Entry<WatchedObject<T>>
        implements Reflector.Target<T>, ObjectHandle<T> {

    private static final long READ_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long READ_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** No list has arrived since the start, or the entry is stopped (S11, S12). */
    private static final Marker UNSYNCED = new Marker(null);

    /** Synced, and the object is not there. */
    private static final Marker ABSENT = new Marker(null);

    private static final long NEVER = Long.MIN_VALUE;

    /** For stamps that others may see a little later: that costs no barrier at each read. */
    @SuppressWarnings("rawtypes") // there is one class for all kinds
    private static final AtomicLongFieldUpdater<WatchedObject> LAST_ACCESS =
            AtomicLongFieldUpdater.newUpdater(WatchedObject.class, "lastAccessNanos");

    private final WatchingStore<T> store;

    /** The store's: each read stamps its time, and by way of the store the scheduler is farther. */
    private final Scheduler scheduler;

    private final Reflector<T> reflector;
    private volatile EntryListener<? super T> listener = EntryListener.DEAF;

    /** What reads give: the object itself, or a {@link Marker} that sends them the long way. */
    private volatile Object published = UNSYNCED;

    /** What is published if it is the object itself, for a read that need not look what it is. */
    private volatile @Nullable T atHand;

    /** On the scheduler's coarse clock; {@link #NEVER} until the first read. */
    private volatile long lastAccessNanos = NEVER;

    /** Written under the monitor; who only counts the others reads it without. */
    private volatile boolean stopped;

    private boolean immutable;
    private boolean closed;
    private @Nullable List<WaitingRead> waiting;

    WatchedObject(WatchingStore<T> store, ObjectKey key) {
        super(key);
        this.store = store;
        this.scheduler = store.scheduler();
        this.reflector = new Reflector<>(store.environment(), key, this);
    }

    @Override
    Object monitor() {
        return reflector;
    }

    /** The first reference starts the reflector, unless the store was closed in the meantime (S1, S14). */
    @Override
    void referenced(int count) {
        if (count > 1) {
            return;
        }
        synchronized (reflector) {
            listener = store.listener().added(key());
            if (store.isClosed()) {
                stopped = true;
            } else {
                run();
            }
        }
    }

    private void run() {
        reflector.start();
        store.idle().add(this);
    }

    @Override
    public @Nullable T getNow() {
        T object = atHand;
        if (object != null) {
            noteAccess();
        }
        return object;
    }

    @Override
    public EntryListener<? super T> listener() {
        return listener;
    }

    /** Reads as S3, S4 and S7 say. */
    @Override
    public void get(Reader<T> reader) {
        noteAccess();
        Lookup<T> answer;
        synchronized (reflector) {
            restartIfIdle();
            answer = closed ? new Lookup.Failed<>(new LookupError.NotRegistered(key())) : answer();
            if (answer == null) {
                await(reader);
            }
        }
        if (answer != null) {
            answer.giveTo(reader);
        }
    }

    /**
     * Stops the entry if nobody read it for longer than {@code maxIdleNanos} (S9 to S12).
     *
     * @return how long it cannot be idle yet, from now on; negative if it has left the queue, because it needs no other look
     *     before it runs again
     */
    long stopIfIdle(long nowNanos, long maxIdleNanos) {
        // Most entries are in use: they need no lock to be passed over. The stamp is read once, as it may go back.
        long lastAccess = lastAccessNanos;
        long left = maxIdleNanos - (nowNanos - lastAccess);
        if (published != UNSYNCED && lastAccess != NEVER && left >= 0) {
            return left;
        }
        synchronized (reflector) {
            // A read that waits came less than a second ago: it must not be left behind by a stop.
            if (isIdle(nowNanos, maxIdleNanos) && waiting == null && !stopped && published != UNSYNCED) {
                stopped = true;
                reflector.stop();
                publish(UNSYNCED);
                listener.stopped();
            }
            if (stopped) {
                store.idle().leave(this);
                return -1;
            }
            return 0;
        }
    }

    private boolean isIdle(long nowNanos, long maxIdleNanos) {
        long lastAccess = lastAccessNanos;
        return lastAccess == NEVER || nowNanos - lastAccess > maxIdleNanos;
    }

    /** The watch closes, and reads that wait run into their time limit (M9, S13). */
    @Override
    void release() {
        synchronized (reflector) {
            closed = true;
            halt();
            publish(UNSYNCED);
            listener.removed();
        }
    }

    /** The store shuts down: an immutable value stays readable, any other does not (S14). */
    void shutDown() {
        synchronized (reflector) {
            halt();
            if (!immutable) {
                publish(UNSYNCED);
            }
        }
    }

    /** Whether something follows the server. */
    boolean isRunning() {
        return !stopped;
    }

    EntryState state() {
        synchronized (reflector) {
            Object value = published;
            Object object = value instanceof Marker marker ? marker.object : value;
            return new EntryState(
                    key(),
                    references(),
                    value != UNSYNCED,
                    stopped,
                    immutable,
                    object == null ? null : cast(object).getMetadata().getResourceVersion());
        }
    }

    @Override
    public void replace(@Nullable T object) {
        if (object == null) {
            publish(ABSENT, null);
        } else {
            set(object);
        }
    }

    @Override
    public void set(T object) {
        publish(store.kind().isImmutable(object) ? new Marker(object) : object, object);
    }

    @Override
    public void deleted() {
        publish(ABSENT, null);
    }

    private void publish(Object value, @Nullable T object) {
        publish(value);
        listener.applied(object);
    }

    private void publish(Object value) {
        atHand = value instanceof Marker ? null : cast(value);
        published = value;
    }

    @Override
    public void settled() {
        if (store.environment().settings().readWait() == ReadWait.POLLED) {
            synchronized (reflector) {
                if (waiting != null) {
                    waiting.forEach(WaitingRead::lookNext);
                }
            }
        } else {
            answerAll();
        }
    }

    private void answerAll() {
        List<WaitingRead> readers;
        Lookup<T> answer;
        synchronized (reflector) {
            if (waiting == null) {
                return;
            }
            answer = answer();
            if (answer == null) {
                return;
            }
            readers = waiting;
            waiting = null;
            readers.forEach(reader -> scheduler.cancel(reader));
        }
        Lookup.giveAll(readers, read -> answer.giveTo(read.reader));
    }

    private void noteAccess() {
        long now = scheduler.coarseNanos();
        if (lastAccessNanos != now) {
            LAST_ACCESS.lazySet(this, now);
        }
    }

    private void restartIfIdle() {
        if (stopped && !immutable && !closed && !store.isClosed()) {
            stopped = false;
            listener.restarted();
            run();
        }
    }

    /** What a read is told now, null if it has to wait; an immutable object is noticed here (S7, S8). */
    private @Nullable Lookup<T> answer() {
        Object value = published;
        if (value == UNSYNCED) {
            return null;
        }
        if (value == ABSENT) {
            return new Lookup.Failed<>(LookupError.NotFound.remembered(store.kind(), key().name()));
        }
        if (value instanceof Marker unnoticed) {
            immutable = true;
            halt();
            publish(requireNonNull(unnoticed.object));
            listener.stopped();
        }
        return new Lookup.Found<>(cast(published));
    }

    private void halt() {
        stopped = true;
        reflector.stopForGood();
    }

    private void await(Reader<T> reader) {
        WaitingRead read = new WaitingRead(reader);
        if (waiting == null) {
            waiting = new ArrayList<>(1);
        }
        waiting.add(read);
        scheduler.schedule(read, READ_LIMIT_NANOS);
    }

    @SuppressWarnings("unchecked")
    private T cast(Object value) {
        return (T) value;
    }

    /** A value that reads may not simply take: none at all, or one whose immutability nobody has noticed yet. */
    private record Marker(@Nullable Object object) {}

    /**
     * A read that waits for the first list, for at most a second (S3). A look that would find nothing is left out: the
     * timer is set to the end of the second, and to the next look once the entry is synced.
     */
    private final class WaitingRead extends Timer {

        private final Reader<T> reader;
        private final long startNanos = scheduler.nanos();

        WaitingRead(Reader<T> reader) {
            this.reader = reader;
        }

        /** Sets the timer to the next of the looks that come every 10 ms from the start. Under the monitor. */
        void lookNext() {
            long elapsed = scheduler.nanos() - startNanos;
            long looks = Math.max(1, (elapsed + READ_STEP_NANOS - 1) / READ_STEP_NANOS);
            setTo(Math.min(looks * READ_STEP_NANOS, READ_LIMIT_NANOS) - elapsed);
        }

        private void setTo(long delayNanos) {
            scheduler.cancel(this);
            scheduler.schedule(this, delayNanos);
        }

        /** Looks; the last look is that at the end of the second. */
        @Override
        public void fire() {
            Lookup<T> answer;
            synchronized (reflector) {
                if (waiting == null || !waiting.contains(this)) {
                    return;
                }
                answer = answer();
                if (answer == null) {
                    long left = startNanos + READ_LIMIT_NANOS - scheduler.nanos();
                    if (left > 0) { // it was synced and is not any more
                        setTo(left);
                        return;
                    }
                    answer = new Lookup.Failed<>(new LookupError.SyncTimeout(store.kind()));
                }
                leave();
            }
            answer.giveTo(reader);
        }

        private void leave() {
            List<WaitingRead> reads = requireNonNull(waiting);
            reads.remove(this);
            if (reads.isEmpty()) {
                waiting = null;
            }
        }
    }
}
