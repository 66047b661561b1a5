package dev.kubechurn.core.reflector;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectApi.ListHandler;
import dev.kubechurn.core.api.ObjectApi.WatchHandler;
import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.api.WatchSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Target} in step with one object on the server: rounds of one list and the watches that follow it,
 * until stopped (rules R). With {@link WatchSettings#watchList} the first watch of a round brings the list too.
 *
 * <p>Event-driven: it owns no thread and never blocks. Safe from any thread; all its state is guarded by its own
 * monitor, which the target may share: it is held while {@link Target#replace}, {@link Target#set} and {@link
 * Target#deleted} run. A stopped run is over at once: whatever of it arrives later is dropped (R12, S13).
 *
 * @param <T> the kind of object
 */
public final class Reflector<T extends HasMetadata> {

    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
    private static final long VERY_SHORT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String UNKNOWN = "0";

    private final Environment<T> environment;
    private final ObjectKey key;
    private final Target<T> target;

    // All guarded by this; kept over stop and start (R16).
    private String lastResourceVersion = UNKNOWN;
    private boolean expired;
    private @Nullable Backoff backoff;

    /** What is under way: a list, a watch or a wait; null: stopped. Its identity tells late callbacks apart. */
    private @Nullable Step step;

    public Reflector(Environment<T> environment, ObjectKey key, Target<T> target) {
        this.environment = environment;
        this.key = key;
        this.target = target;
    }

    /**
     * What reflectors of one store share.
     *
     * @param random draws from [0, 1), for waits (R11) and time limits of watches (R6); safe from any thread
     */
    public record Environment<T extends HasMetadata>(
            ObjectApi<T> api,
            Scheduler scheduler,
            DoubleSupplier random,
            ReflectorListener listener,
            WatchSettings settings) {

        /** With the settings that kubelets have. */
        public Environment(ObjectApi<T> api, Scheduler scheduler, DoubleSupplier random, ReflectorListener listener) {
            this(api, scheduler, random, listener, WatchSettings.DEFAULT);
        }
    }

    /** Receives the object's states in order. */
    public interface Target<T> {

        /** A list arrived; null: the object is not there (R1). */
        void replace(@Nullable T object);

        /** The object was added or modified (S5). */
        void set(T object);

        /** The object was deleted (S5). */
        void deleted();

        /** Called after each {@link #replace}, without the reflector's monitor, when the watch has been asked for. */
        void settled();
    }

    /** Starts the first round at once; does nothing when already running. */
    public synchronized void start() {
        if (step == null) {
            beginRound();
        }
    }

    /**
     * Ends the run at once, whatever it is doing (R12); idempotent. A later {@link #start} goes on from here: a list or a
     * watch that is cut short uses up one wait of the series, a wait that is cut short uses up none (R16).
     */
    public synchronized void stop() {
        boolean inARound = step != null && !(step instanceof Reflector<?>.WaitStep);
        stopForGood();
        if (inARound) {
            backoff().next(environment.scheduler().nanos(), 0);
        }
    }

    /** Ends the run at once as {@link #stop} does, when no {@link #start} will follow. */
    public synchronized void stopForGood() {
        Step running = step;
        step = null;
        if (running != null) {
            running.cancel();
        }
    }

    /** The last resourceVersion seen (R3); {@code "0"} before the first list. */
    public synchronized String lastResourceVersion() {
        return lastResourceVersion;
    }

    private void beginRound() {
        if (environment.settings().watchList()) {
            watchList(false);
        } else {
            list(false);
        }
    }

    private void list(boolean repeat) {
        ListStep list = new ListStep(repeat);
        step = list;
        list.call = environment.api().list(key, expired ? "" : lastResourceVersion, list);
    }

    private void watch() {
        WatchStep watch = new WatchStep(environment.scheduler().nanos());
        step = watch;
        watch.call = environment.api().watch(key, new WatchOptions(lastResourceVersion, true, watchSeconds()), watch);
    }

    /** A version that was never seen, or that is refused, is left out: the newest state then (KEP-3157). */
    private void watchList(boolean repeat) {
        boolean unknown = expired || lastResourceVersion.equals(UNKNOWN);
        WatchListStep watch = new WatchListStep(environment.scheduler().nanos(), repeat);
        step = watch;
        WatchOptions options = new WatchOptions(unknown ? "" : lastResourceVersion, true, watchSeconds(), true);
        watch.call = environment.api().watch(key, options, watch);
    }

    private int watchSeconds() {
        int shortest = environment.settings().minWatchSeconds();
        return shortest + (int) (shortest * environment.random().getAsDouble());
    }

    private void reconnect() {
        environment.listener().reconnecting(key);
        watch();
    }

    private void endRound() {
        waitThen(true);
    }

    private void waitThen(boolean relist) {
        WaitStep wait = new WaitStep(relist);
        step = wait;
        Scheduler scheduler = environment.scheduler();
        scheduler.schedule(
                wait, backoff().next(scheduler.nanos(), environment.random().getAsDouble()));
    }

    /** Made when it is first needed: most reflectors never wait. */
    private Backoff backoff() {
        Backoff series = backoff;
        if (series == null) {
            series = new Backoff();
            backoff = series;
        }
        return series;
    }

    private @Nullable T find(List<T> items) {
        for (T item : items) {
            if (key.name().equals(item.getMetadata().getName())) {
                return item;
            }
        }
        return null;
    }

    /** Whether the version asked for is to blame: then it is asked for no more (R4). */
    private boolean refusesTheVersion(ApiError error) {
        boolean refused =
                error instanceof ApiError.Status status && (status.expired() || status.tooLargeResourceVersion());
        expired |= refused;
        return refused;
    }

    private static boolean isToBeSentAgain(ApiError error) {
        return error instanceof ApiError.ConnectionRefused
                || (error instanceof ApiError.Status status && status.tooManyRequests());
    }

    /** The object of an event; null when it is none of this kind, which is skipped (R13). */
    private @Nullable T ofThisKind(HasMetadata object) {
        Class<T> type = environment.api().type();
        if (!type.isInstance(object) || object.getMetadata() == null) {
            LOG.warn("watch of {}: skipped an event with a {}", key, object.getKind());
            return null;
        }
        return type.cast(object);
    }

    /** One thing that a run is doing. All methods run under the reflector's monitor. */
    private interface Step {
        void cancel();
    }

    /** A list under way (R2, R4, R5). */
    private final class ListStep implements Step, ListHandler<T> {

        private final boolean repeat;
        private @Nullable Call call;

        ListStep(boolean repeat) {
            this.repeat = repeat;
        }

        @Override
        public void listed(String resourceVersion, List<T> items) {
            synchronized (Reflector.this) {
                if (step != this) {
                    return;
                }
                expired = false;
                lastResourceVersion = resourceVersion;
                target.replace(find(items));
                watch();
            }
            target.settled();
        }

        @Override
        public void failed(ApiError error) {
            synchronized (Reflector.this) {
                if (step != this) {
                    return;
                }
                LOG.debug("list of {} failed: {}", key, error.message());
                if (refusesTheVersion(error) && !repeat) {
                    list(true);
                } else {
                    endRound();
                }
            }
        }

        @Override
        public void cancel() {
            if (call != null) {
                call.cancel();
            }
        }
    }

    /** A watch, from its request to its end (R6 to R10, R13). */
    private class WatchStep implements Step, WatchHandler {

        /** Or, of a watch that brought the list, when the list was over. */
        long sentNanos;

        boolean eventful;

        /** It is being cancelled, and may yet tell the version that it has come to. */
        private boolean parting;

        @Nullable
        Call call;

        WatchStep(long sentNanos) {
            this.sentNanos = sentNanos;
        }

        @Override
        public void event(WatchEvent event) {
            synchronized (Reflector.this) {
                if (step != this) {
                    if (parting && event instanceof WatchEvent.Bookmark bookmark) {
                        accept(bookmark.object(), object -> {});
                    }
                    return;
                }
                take(event);
            }
        }

        void take(WatchEvent event) {
            if (event instanceof WatchEvent.Added added) {
                accept(added.object(), target::set);
            } else if (event instanceof WatchEvent.Modified modified) {
                accept(modified.object(), target::set);
            } else if (event instanceof WatchEvent.Deleted deleted) {
                accept(deleted.object(), object -> target.deleted());
            } else if (event instanceof WatchEvent.Bookmark bookmark) {
                accept(bookmark.object(), object -> {});
            } else if (event instanceof WatchEvent.Failure failure) {
                cancel();
                waitThen(!failure.status().tooManyRequests());
            }
        }

        final void accept(HasMetadata object, Consumer<T> change) {
            T own = own(object);
            if (own != null) {
                comeTo(own);
                change.accept(own);
            }
        }

        /** The object of an event; null if it is of another type, and so no event (R13). */
        final @Nullable T own(HasMetadata object) {
            T own = ofThisKind(object);
            eventful |= own != null;
            return own;
        }

        final void comeTo(T own) {
            String version = own.getMetadata().getResourceVersion();
            lastResourceVersion = version == null ? lastResourceVersion : version;
        }

        /** Whether the watch ended at once and brought nothing (R9). */
        final boolean wasVeryShort() {
            return !eventful && environment.scheduler().nanos() - sentNanos < VERY_SHORT_NANOS;
        }

        @Override
        public void closed() {
            synchronized (Reflector.this) {
                if (step != this) {
                    return;
                }
                over();
            }
        }

        void over() {
            if (wasVeryShort()) {
                endRound();
            } else {
                reconnect();
            }
        }

        @Override
        public void failed(ApiError error) {
            synchronized (Reflector.this) {
                if (step != this) {
                    return;
                }
                LOG.debug("watch of {} failed: {}", key, error.message());
                refused(error);
            }
        }

        void refused(ApiError error) {
            waitThen(!isToBeSentAgain(error));
        }

        @Override
        public void cancel() {
            if (call != null) {
                parting = true;
                call.cancel();
                parting = false;
            }
        }
    }

    /**
     * A watch that brings the list first: the object as ADDED, if it is there, and a bookmark that says that this was all
     * (KEP-3157). What came of a list that broke off is dropped. A server that refuses it is asked for a list instead, in
     * this round; as in client-go, the next round tries again.
     */
    private final class WatchListStep extends WatchStep {

        private final boolean repeat;
        private boolean listed;
        private @Nullable T found;

        WatchListStep(long sentNanos, boolean repeat) {
            super(sentNanos);
            this.repeat = repeat;
        }

        @Override
        public void event(WatchEvent event) {
            boolean before = listed; // callbacks come one after the other: nobody else changes it
            super.event(event);
            if (listed && !before) {
                target.settled();
            }
        }

        @Override
        void take(WatchEvent event) {
            if (listed) {
                super.take(event);
            } else if (event instanceof WatchEvent.Added added) {
                ifOwn(added.object(), this::find);
            } else if (event instanceof WatchEvent.Modified modified) {
                ifOwn(modified.object(), this::find);
            } else if (event instanceof WatchEvent.Deleted deleted) {
                ifOwn(deleted.object(), gone -> found = null);
            } else if (event instanceof WatchEvent.Bookmark bookmark) {
                ifOwn(bookmark.object(), bookmark.endsInitialEvents() ? this::finish : inBetween -> {});
            } else if (event instanceof WatchEvent.Failure failure) {
                cancel();
                refused(failure.status());
            }
        }

        /** Another type is skipped here, too (R13): even a bookmark of it ends nothing. */
        private void ifOwn(HasMetadata object, Consumer<T> then) {
            T own = own(object);
            if (own != null) {
                then.accept(own);
            }
        }

        private void find(T own) {
            found = Reflector.this.find(List.of(own));
        }

        private void finish(T bookmark) {
            T object = found;
            found = null;
            listed = true;
            expired = false;
            comeTo(bookmark);
            target.replace(object);
            // What follows is a watch like any other.
            eventful = false;
            sentNanos = environment.scheduler().nanos();
        }

        @Override
        void over() {
            if (listed) {
                super.over();
            } else if (wasVeryShort()) {
                list(false);
            } else {
                watchList(false);
            }
        }

        @Override
        void refused(ApiError error) {
            boolean versionRefused = refusesTheVersion(error);
            if (isToBeSentAgain(error)) {
                endRound();
            } else if (versionRefused && !repeat) {
                watchList(true);
            } else {
                list(false);
            }
        }
    }

    /** A wait before the next list or watch (R11). */
    private final class WaitStep extends Timer implements Step {

        private final boolean relist;

        WaitStep(boolean relist) {
            this.relist = relist;
        }

        @Override
        public void fire() {
            synchronized (Reflector.this) {
                if (step != this) {
                    return;
                }
                if (relist) {
                    environment.listener().relisting(key);
                    beginRound();
                } else {
                    reconnect();
                }
            }
        }

        @Override
        public void cancel() {
            environment.scheduler().cancel(this);
        }
    }
}
