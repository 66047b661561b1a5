package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi.WatchHandler;
import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.apiserver.WatchHandle;
import dev.kubechurn.sim.apiserver.WatchRequest;
import dev.kubechurn.sim.apiserver.WatchSink;
import dev.kubechurn.sim.metrics.ObjectId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One watch over a {@link VirtualConnection}, from its request to its end. It holds a stream all the time, needs neither
 * token nor place, and brings its events in order: none overtakes the one before it. For the scheduler's thread.
 *
 * <p>There are millions of these at once, so it is its own timer, and an idle one has no queue: 64 bytes in all.
 */
final class VirtualWatch extends Timer implements Call, WatchSink, StreamUser {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final VirtualApi<?> api;
    private final ObjectKey key;
    private final WatchHandler handler;
    private Stage stage = Stage.WAITING;

    /** Null once the watch is open. */
    private @Nullable WatchOptions options;

    /** Null while it is not open. */
    private @Nullable WatchHandle handle;

    /** The event that the timer will deliver, if it is not the first of {@link #lastBehind}. */
    private @Nullable WatchEvent first;

    /** The last of a ring of what comes behind it. */
    private @Nullable PendingEvent lastBehind;

    VirtualWatch(VirtualApi<?> api, ObjectKey key, WatchOptions options, WatchHandler handler) {
        this.api = api;
        this.key = key;
        this.options = options;
        this.handler = handler;
    }

    /** How far a watch has come. */
    private enum Stage {
        /** For a stream. */
        WAITING,
        /** The request is on its way. */
        SENT,
        /** The request was given up on its way: the server gets it all the same, counts it and ends it. */
        GIVEN_UP,
        OPEN,
        /** Open, but something was lost on the way: a stream has no gaps, so nothing arrives any more before its end. */
        DEAF,
        /** The server has closed it; the last events are on their way. */
        ENDING,
        OVER
    }

    VirtualConnection connection() {
        return api.connection();
    }

    RequestTally.Place place() {
        return new RequestTally.Place(api.connection().node(), id());
    }

    ObjectId id() {
        return ObjectId.of(api.kind(), key);
    }

    @Override
    public void streamTaken() {
        stage = Stage.SENT;
        api.connection().schedule(this, api.watchNanos());
    }

    @Override
    public void fire() {
        switch (stage) {
            case SENT -> open();
            case GIVEN_UP -> end();
            default -> deliver();
        }
    }

    private void open() {
        VirtualNetwork network = api.network();
        ApiError refusal = arriveAtServer();
        if (refusal == null) {
            try {
                handle = network.store().watch(request(), this);
            } catch (ApiStatusException e) {
                network.statistics().eventSent(EncodedEvent.error(e).utf8Bytes());
                refusal = VirtualApi.status(e);
            }
        }
        options = null;
        if (refusal == null) {
            stage = Stage.OPEN;
            network.opened(this, api.connection());
        } else {
            stage = Stage.OVER;
            api.connection().releaseStream();
            handler.failed(refusal);
        }
    }

    private void end() {
        stage = Stage.OVER;
        options = null;
        arriveAtServer();
    }

    /** The server counts the request; null if it takes it. */
    private @Nullable ApiError arriveAtServer() {
        VirtualNetwork network = api.network();
        ApiError refusal = network.refusal(
                KubeletVerb.WATCH, api.connection(), api.connection().replica());
        if (refusal == null) {
            network.statistics().answered(Verb.WATCH, SWITCHING_PROTOCOLS, 0);
            RequestTally tally = network.tally();
            if (tally != null) {
                tally.answered(place(), KubeletVerb.WATCH, 0);
            }
        }
        return refusal;
    }

    private WatchRequest request() {
        WatchOptions asked = Objects.requireNonNull(options);
        return new WatchRequest(
                api.selection(key),
                asked.resourceVersion(),
                asked.allowBookmarks(),
                asked.timeoutSeconds(),
                asked.sendInitialEvents());
    }

    /** An event sets out. */
    @Override
    public void event(EncodedEvent encoded) {
        VirtualNetwork network = api.network();
        network.statistics().eventSent(encoded.utf8Bytes());
        RequestTally tally = network.tally();
        if (tally != null && !encoded.isBookmark()) {
            tally.eventSent(place(), encoded.utf8Bytes());
        }
        WatchEvent event = network.events().event(encoded, api.resource(), api.kind());
        if (encoded.endsInitialEvents()) {
            send(event, false);
        } else {
            take(event);
        }
    }

    /**
     * There are millions of bookmarks, and all that one does is to name the version from which the next list or watch will
     * start: the last one in time for that does it as well.
     */
    @Override
    public boolean readsBookmarksLate() {
        return true;
    }

    @Override
    public void lateBookmark(long revision) {
        take(api.network().events().bookmark(api.resource(), revision));
    }

    /** A bookmark that has nothing before it arrives at once and without a timer, because nobody can tell. */
    private void take(WatchEvent event) {
        if (event instanceof WatchEvent.Bookmark && !isBusy()) {
            arrived(event);
        } else {
            send(event, false);
        }
    }

    /** The server's end of the watch closes; during a partition nobody hears of it. */
    @Override
    public void closed() {
        VirtualNetwork network = api.network();
        if (api.connection().isCutOff()) {
            network.faults().cutOff(this);
        } else {
            if (stage == Stage.DEAF) {
                first = null;
                lastBehind = null;
                api.connection().cancel(this);
            }
            stage = Stage.ENDING;
            handle = null;
            network.closed(this, api.connection());
            ApiError.Status error = network.faults().lastWords();
            send(error == null ? null : new WatchEvent.Failure(error), true);
        }
    }

    private boolean isBusy() {
        return first != null || lastBehind != null;
    }

    private void send(@Nullable WatchEvent event, boolean end) {
        long now = api.network().scheduler().nanos();
        long atNanos = now + api.eventNanos();
        if (isBusy()) {
            append(new PendingEvent(event, end, Math.max(atNanos, lastNanos())));
            return;
        }
        if (event == null || end) {
            append(new PendingEvent(event, end, atNanos));
        } else {
            first = event;
        }
        api.connection().schedule(this, atNanos - now);
    }

    /** When the last of what is on its way arrives. */
    private long lastNanos() {
        return lastBehind == null ? dueNanos() : lastBehind.atNanos;
    }

    private void append(PendingEvent added) {
        if (lastBehind != null) {
            added.next = lastBehind.next;
            lastBehind.next = added;
        }
        lastBehind = added;
    }

    private void deliver() {
        WatchEvent due = first;
        if (due != null) {
            first = null;
            arrived(due);
        }
        long now = api.network().scheduler().nanos();
        while (lastBehind != null && lastBehind.next.atNanos <= now) {
            PendingEvent next = removeFirst(lastBehind);
            if (next.event != null) {
                arrived(next.event);
            }
            if (next.end && stage != Stage.OVER) {
                stage = Stage.OVER;
                api.connection().releaseStream();
                handler.closed();
            }
        }
        if (lastBehind != null && !isScheduled()) {
            api.connection().schedule(this, lastBehind.next.atNanos - now);
        }
    }

    private PendingEvent removeFirst(PendingEvent last) {
        PendingEvent removed = last.next;
        if (removed == last) {
            lastBehind = null;
        } else {
            last.next = removed.next;
        }
        return removed;
    }

    private void arrived(WatchEvent event) {
        if (api.connection().isCutOff()) {
            loseTheRest();
        } else if (stage != Stage.DEAF) {
            handler.event(event);
        }
    }

    private void loseTheRest() {
        if (stage == Stage.OPEN) {
            stage = Stage.DEAF;
        }
        PendingEvent each = lastBehind;
        if (each != null) {
            do {
                each.event = null;
                each = each.next;
            } while (each != lastBehind);
        }
    }

    @Override
    public void cancel() {
        Stage left = stage;
        if (left == Stage.SENT || left == Stage.GIVEN_UP) {
            giveUp(left);
            return;
        }
        stage = Stage.OVER;
        if (left == Stage.OPEN || left == Stage.DEAF) {
            close();
        }
        first = null;
        lastBehind = null;
        api.connection().cancel(this);
        if (left == Stage.WAITING) {
            api.connection().leave(this);
        } else if (left != Stage.OVER) {
            api.connection().releaseStream();
        }
    }

    /** What was sent cannot be taken back: only the stream is free at once. */
    private void giveUp(Stage left) {
        if (left == Stage.SENT) {
            stage = Stage.GIVEN_UP;
            api.connection().releaseStream();
        }
    }

    private void close() {
        if (handle != null) {
            handle.cancel();
            handle = null;
        }
        api.network().closed(this, api.connection());
    }
}
