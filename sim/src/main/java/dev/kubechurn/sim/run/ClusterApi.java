package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The kubelets' way to a real cluster: under the run's own namespaces, at its pace, and counted. Safe from any thread.
 *
 * @param <T> the kind of object
 */
final class ClusterApi<T extends HasMetadata> implements ObjectApi<T> {

    private final ObjectApi<T> api;
    private final ObjectKind<T> kind;
    private final ClusterNamespaces namespaces;
    private final Scheduler scheduler;
    private final RequestPace pace;
    private final ClientTally tally;
    private final WriteGates gates;
    private final WriteMarks marks;
    private final Outages outages;

    ClusterApi(
            ObjectApi<T> api,
            ObjectKind<T> kind,
            ClusterNamespaces namespaces,
            Scheduler scheduler,
            RequestPace pace,
            ClientTally tally,
            WriteGates gates,
            WriteMarks marks,
            Outages outages) {
        this.api = api;
        this.kind = kind;
        this.namespaces = namespaces;
        this.scheduler = scheduler;
        this.pace = pace;
        this.tally = tally;
        this.gates = gates;
        this.marks = marks;
        this.outages = outages;
    }

    @Override
    public Class<T> type() {
        return api.type();
    }

    private ObjectKey there(ObjectKey key) {
        return new ObjectKey(namespaces.nameOf(key.namespace()), key.name());
    }

    /** A version of the object that was asked for. */
    private void here(ObjectId id, HasMetadata version) {
        if (isObject(version)) {
            marks.seen(id, version);
        }
        renamed(version);
    }

    private void note(ApiError error) {
        if (error instanceof ApiError.ConnectionRefused) {
            outages.refused();
        } else if (error instanceof ApiError.Status) {
            outages.answered();
        }
    }

    private static boolean isObject(HasMetadata object) {
        return object.getMetadata() != null
                && object.getMetadata().getNamespace() != null
                && !object.getMetadata().getNamespace().isEmpty();
    }

    private void renamed(HasMetadata object) {
        if (isObject(object)) {
            object.getMetadata()
                    .setNamespace(namespaces.scenarioName(object.getMetadata().getNamespace()));
        }
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
        ObjectId object = ObjectId.of(kind, key);
        return new Paced(() -> {
                    tally.asked("list");
                    Answer answer = new Answer();
                    Call call = api.list(there(key), resourceVersion, new ListHandler<>() {
                        @Override
                        public void listed(String version, List<T> items) {
                            outages.answered();
                            items.forEach(item -> here(object, item));
                            answer.comes(object, () -> handler.listed(version, items));
                        }

                        @Override
                        public void failed(ApiError error) {
                            note(error);
                            answer.comes(object, () -> handler.failed(error));
                        }
                    });
                    return answer.of(call);
                })
                .begin();
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
        ObjectId object = ObjectId.of(kind, key);
        return new Paced(() -> {
                    tally.asked("get");
                    Answer answer = new Answer();
                    Call call = api.get(there(key), resourceVersion, new GetHandler<>() {
                        @Override
                        public void found(T found) {
                            outages.answered();
                            here(object, found);
                            answer.comes(object, () -> handler.found(found));
                        }

                        @Override
                        public void failed(ApiError error) {
                            note(error);
                            answer.comes(object, () -> handler.failed(error));
                        }
                    });
                    return answer.of(call);
                })
                .begin();
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        Watched watch = new Watched(ObjectId.of(kind, key), handler);
        Call call = new Paced(() -> {
                    tally.asked("watch");
                    return api.watch(there(key), options, watch);
                })
                .begin();
        return () -> {
            watch.over();
            call.cancel();
        };
    }

    /** One that is to come, until it came or nobody wants it any more. */
    private final class Answer {

        private final AtomicBoolean open = new AtomicBoolean(true);

        Answer() {
            tally.began();
        }

        /** Hands it to whom it is for. */
        void comes(ObjectId object, Runnable handing) {
            gates.deliver(object, () -> {
                handing.run();
                over();
            });
        }

        private void over() {
            if (open.compareAndSet(true, false)) {
                tally.ended();
            }
        }

        Call of(Call call) {
            return () -> {
                over();
                call.cancel();
            };
        }
    }

    /** Open from when it is asked for until either side ends it. */
    private final class Watched implements WatchHandler {

        private final ObjectId object;
        private final WatchHandler handler;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Watched(ObjectId object, WatchHandler handler) {
            this.object = object;
            this.handler = handler;
            tally.watchOpened(object);
        }

        /** Before anybody hears of it: who does may open the next one at once. */
        void over() {
            if (open.compareAndSet(true, false)) {
                tally.watchClosed(object);
            }
        }

        @Override
        public void event(WatchEvent event) {
            outages.answered();
            tally.event(event instanceof WatchEvent.Bookmark);
            if (event instanceof WatchEvent.Added added) {
                here(object, added.object());
            } else if (event instanceof WatchEvent.Modified modified) {
                here(object, modified.object());
            } else if (event instanceof WatchEvent.Deleted deleted) {
                renamed(deleted.object());
            }
            gates.deliver(object, () -> handler.event(event));
        }

        @Override
        public void closed() {
            gates.deliver(object, () -> {
                over();
                handler.closed();
            });
        }

        @Override
        public void failed(ApiError error) {
            note(error);
            gates.deliver(object, () -> {
                over();
                handler.failed(error);
            });
        }
    }

    /** A request that waits for its moment; given up before that, it is never sent. */
    private final class Paced extends Timer implements Call {

        private final Supplier<Call> send;

        // Guarded by this.
        private @Nullable Call sent;
        private boolean waits;

        Paced(Supplier<Call> send) {
            this.send = send;
        }

        Paced begin() {
            synchronized (this) {
                waits = true;
            }
            pace.waits(1);
            long delay = pace.take();
            if (delay > 0) {
                scheduler.schedule(this, delay);
            } else {
                fire(); // without a way over another thread, on which it could be given up
            }
            return this;
        }

        @Override
        public void fire() {
            synchronized (this) {
                if (!waits) {
                    return;
                }
                waits = false;
                sent = send.get(); // calls no handler before it returns
                pace.waits(-1); // only now: who looks at both finds it here or under way
            }
        }

        @Override
        public void cancel() {
            Call call;
            synchronized (this) {
                if (waits) {
                    waits = false;
                    pace.waits(-1);
                    scheduler.cancel(this);
                }
                call = sent;
            }
            if (call != null) {
                call.cancel();
            }
        }
    }
}
