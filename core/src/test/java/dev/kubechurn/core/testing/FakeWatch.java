package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi.WatchHandler;
import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.api.WatchEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** One watch at a {@link FakeServer}: open until the server ends it or the client cancels it. */
final class FakeWatch implements Call {

    private final FakeServer server;
    private final Class<?> type;
    private final ObjectKey key;
    private final WatchOptions options;
    private final WatchHandler handler;
    private final Timer limit;

    /** Callbacks on their way, in order. */
    private final Deque<Runnable> queue = new ArrayDeque<>();

    private boolean ended;
    private boolean cancelled;

    FakeWatch(FakeServer server, Class<?> type, ObjectKey key, WatchOptions options, WatchHandler handler) {
        this.server = server;
        this.type = type;
        this.key = key;
        this.options = options;
        this.handler = handler;
        this.limit = server.scheduler().after(Duration.ofSeconds(options.timeoutSeconds()), this::timeOut);
    }

    Class<?> type() {
        return type;
    }

    ObjectKey key() {
        return key;
    }

    WatchOptions options() {
        return options;
    }

    boolean isFor(ObjectHistory.Change change) {
        return change.type() == type && change.key().equals(key);
    }

    void send(WatchEvent event) {
        push(() -> handler.event(event));
    }

    /** The server ends the stream. */
    void end() {
        if (!ended) {
            ended = true;
            leave();
            push(handler::closed);
        }
    }

    /** What was not delivered never will be. */
    void forget() {
        queue.clear();
    }

    private void timeOut() {
        if (!server.partitioned()) {
            end();
        }
    }

    @Override
    public void cancel() {
        WatchEvent parting = server.parting();
        if (parting != null && !cancelled) {
            handler.event(parting);
        }
        cancelled = true;
        leave();
        if (!server.lateCallbacks()) {
            queue.clear();
        }
    }

    private void leave() {
        server.scheduler().cancel(limit);
        server.closed(this);
    }

    private void push(Runnable callback) {
        if (!cancelled) {
            queue.add(callback);
            Call unused = server.deliver(this::deliverNext);
        }
    }

    /**
     * One delivery for each callback; a delivery whose callback is gone does nothing. A partition silences open watches
     * only: the end of one that ended before it still arrives.
     */
    private void deliverNext() {
        if (!server.partitioned() || ended) {
            Runnable next = queue.poll();
            if (next != null) {
                next.run();
            }
        }
    }
}
