package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.apiserver.WatchHandle;
import dev.kubechurn.sim.apiserver.WatchRequest;
import dev.kubechurn.sim.apiserver.WatchSink;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One watch on its way to a client. The store calls it from any thread; everything that touches the client is handed to its
 * event loop, in order, so that no writer ever waits for a client. Of a client that does not read only so much is kept: then
 * it is cut off, and must list again.
 */
final class WatchStream implements WatchSink {

    /** What a watch starts with is not counted: those are the store's own objects. */
    static final long MOST_WAITING_BYTES = 8 << 20;

    private final ServedStore served;
    private final WatchRequest request;
    private final Function<EncodedEvent, String> view;
    private final Context loop;
    private final Wire wire;
    private final Consumer<WatchStream> onEnded;

    /** Bytes of events that came after the start and are not written yet. */
    private final AtomicLong waitingBytes = new AtomicLong();

    // Only on the event loop.
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable WatchHandle handle;
    private boolean closing;
    private boolean ended;

    /** Written on the event loop before the store knows this, and when it has told what there is. */
    private volatile boolean starting = true;

    private record Waiting(EncodedEvent event, int counted) {}

    /** The way to one client; only on its event loop. */
    interface Wire {

        /** Whether what is sent now would wait in memory. */
        boolean isFull();

        void send(String text);

        /** Closes in good order. */
        void finish();

        /** Cuts the client off. */
        void abort();
    }

    WatchStream(
            ServedStore served, ApiResponse.OpenWatch watch, Context loop, Wire wire, Consumer<WatchStream> onEnded) {
        this.served = served;
        this.request = watch.request();
        this.view = watch.view();
        this.loop = loop;
        this.wire = wire;
        this.onEnded = onEnded;
    }

    /**
     * Begins, on the event loop, once the client is told that the watch is open.
     *
     * @param status that it was told
     * @param delayMillis how much later the watch is to begin
     */
    void open(int status, long delayMillis) {
        served.statistics().answered(Verb.WATCH, status, 0);
        served.statistics().watchOpened();
        if (delayMillis > 0) {
            loop.owner().setTimer(delayMillis, timer -> begin());
        } else {
            begin();
        }
    }

    private void begin() {
        if (ended) {
            return;
        }
        try {
            handle = served.store().watch(request, this);
        } catch (ApiStatusException refusal) {
            event(EncodedEvent.error(refusal));
            closed();
        }
        starting = false;
    }

    @Override
    public void event(EncodedEvent event) {
        int bytes = starting ? 0 : event.utf8Bytes();
        if (waitingBytes.addAndGet(bytes) > MOST_WAITING_BYTES) {
            onEventLoop(this::cutOff);
            return;
        }
        onEventLoop(() -> {
            if (!ended) {
                waiting.add(new Waiting(event, bytes));
                drained();
            }
        });
    }

    /** The client has read: what waited goes on its way. */
    void drained() {
        while (!ended && !wire.isFull()) {
            Waiting next = waiting.poll();
            if (next == null) {
                break;
            }
            send(next.event);
            waitingBytes.addAndGet(-next.counted);
        }
        if (closing && waiting.isEmpty()) {
            finish();
        }
    }

    private void send(EncodedEvent event) {
        served.statistics().eventSent(event.utf8Bytes());
        served.metrics().eventSent(request.selection().resource(), event.utf8Bytes());
        wire.send(view.apply(event));
    }

    @Override
    public void closed() {
        onEventLoop(() -> {
            closing = true;
            drained();
        });
    }

    private void finish() {
        if (!ended) {
            wire.finish();
            end();
        }
    }

    private void cutOff() {
        if (!ended) {
            wire.abort();
            end();
        }
    }

    /** The client is gone, or its event loop is, which the caller knows to have ended before. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        waiting.clear();
        if (handle != null) {
            handle.cancel();
        }
        served.statistics().watchClosed();
        onEnded.accept(this);
    }

    private void onEventLoop(Runnable action) {
        try {
            loop.runOnContext(nothing -> action.run());
        } catch (RejectedExecutionException serverIsGone) {
            // The event loop has ended and every connection with it: there is nobody to tell.
        }
    }
}
