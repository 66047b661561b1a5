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
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Target} in step with one object on the server: rounds of one list and the watches that follow it,
 * until stopped (rules R).
 *
 * <p>Event-driven: it owns no thread and never blocks. Safe from any thread; all its state is guarded by its own
 * monitor, which the target may share: it is held while {@link Target#replace}, {@link Target#set} and {@link
 * Target#deleted} run. A stopped run is over at once: whatever of it arrives later is dropped (R12, S13).
 *
 * @param <T> the kind of object
 */
public final class Reflector<T extends HasMetadata> {

    /** The shortest time limit of a watch, as today's kubelets have it; the longest is twice as long (R6). */
    public static final Duration MIN_WATCH_TIMEOUT = Duration.ofMinutes(30);

    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
    private static final long VERY_SHORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Environment<T> environment;
    private final ObjectKey key;
    private final Target<T> target;

    // All guarded by this; kept over stop and start (R16).
    private String lastResourceVersion = "0";
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
     * @param minWatchSeconds the shortest time limit of a watch; the longest is twice as long (R6)
     */
    public record Environment<T extends HasMetadata>(
            ObjectApi<T> api,
            Scheduler scheduler,
            DoubleSupplier random,
            ReflectorListener listener,
            int minWatchSeconds) {

        /** With today's time limits: from 30 minutes. */
        public Environment(ObjectApi<T> api, Scheduler scheduler, DoubleSupplier random, ReflectorListener listener) {
            this(api, scheduler, random, listener, Math.toIntExact(MIN_WATCH_TIMEOUT.toSeconds()));
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
            list(false);
        }
    }

    /** Ends the run at once, whatever it is doing (R12); idempotent. A later {@link #start} goes on from here (R16). */
    public synchronized void stop() {
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

    private void list(boolean repeat) {
        ListStep list = new ListStep(repeat);
        step = list;
        list.call = environment.api().list(key, expired ? "" : lastResourceVersion, list);
    }

    private void watch() {
        int shortest = environment.minWatchSeconds();
        int timeout = shortest + (int) (shortest * environment.random().getAsDouble());
        WatchStep watch = new WatchStep(environment.scheduler().nanos());
        step = watch;
        watch.call = environment.api().watch(key, new WatchOptions(lastResourceVersion, true, timeout), watch);
    }

    private void reconnect() {
        environment.listener().reconnecting(key);
        watch();
    }

    private void endRound() {
        waitThen(true);
    }

    private void waitThen(boolean relist) {
        if (backoff == null) {
            backoff = new Backoff();
        }
        WaitStep wait = new WaitStep(relist);
        step = wait;
        Scheduler scheduler = environment.scheduler();
        scheduler.schedule(
                wait, backoff.next(scheduler.nanos(), environment.random().getAsDouble()));
    }

    private @Nullable T find(List<T> items) {
        for (T item : items) {
            if (key.name().equals(item.getMetadata().getName())) {
                return item;
            }
        }
        return null;
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
                boolean refused = error instanceof ApiError.Status status
                        && (status.expired() || status.tooLargeResourceVersion());
                expired |= refused;
                if (refused && !repeat) {
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
    private final class WatchStep implements Step, WatchHandler {

        private final long sentNanos;
        private boolean eventful;

        /** It is being cancelled, and may yet tell the version that it has come to. */
        private boolean parting;

        private @Nullable Call call;

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
        }

        private void accept(HasMetadata object, Consumer<T> change) {
            Class<T> type = environment.api().type();
            if (!type.isInstance(object) || object.getMetadata() == null) {
                LOG.warn("watch of {}: skipped an event with a {}", key, object.getKind());
                return;
            }
            eventful = true;
            String version = object.getMetadata().getResourceVersion();
            lastResourceVersion = version == null ? lastResourceVersion : version;
            change.accept(type.cast(object));
        }

        @Override
        public void closed() {
            synchronized (Reflector.this) {
                if (step != this) {
                    return;
                }
                if (!eventful && environment.scheduler().nanos() - sentNanos < VERY_SHORT_NANOS) {
                    endRound();
                } else {
                    reconnect();
                }
            }
        }

        @Override
        public void failed(ApiError error) {
            synchronized (Reflector.this) {
                if (step != this) {
                    return;
                }
                LOG.debug("watch of {} failed: {}", key, error.message());
                boolean retry = error instanceof ApiError.ConnectionRefused
                        || (error instanceof ApiError.Status status && status.tooManyRequests());
                waitThen(!retry);
            }
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
                    list(false);
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
