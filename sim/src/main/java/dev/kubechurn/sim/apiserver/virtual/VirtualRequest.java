package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.Timer;
import java.time.Duration;
import java.util.List;

/**
 * One request that is served and answered. It waits for a token of its kubelet, a stream of its connection and a place at
 * its replica, each only if there is none; then the server reads its store, and the answer is there when the service time
 * is over. One that is refused because all places and the whole queue are taken is sent again, as Go's REST layer does
 * (R17). It is its own timer: where nothing waits it costs one. For the scheduler's thread.
 */
abstract class VirtualRequest extends Timer implements Call, StreamUser {

    /** Go's REST layer tries as often again, then passes the answer up (R17). */
    private static final int MOST_RETRIES = 10;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final String TOO_MANY = "Too many requests, please try again later.";

    /** The answer is the text and a line's end. */
    static final int TOO_MANY_BYTES = TOO_MANY.length() + 1;

    private static final ApiError.Status TOO_MANY_REQUESTS =
            new ApiError.Status(429, "TooManyRequests", TOO_MANY, List.of(), RETRY_AFTER);

    final VirtualConnection connection;
    private Step step = Step.OVER;

    /** That of the connection when a stream was taken: the connection may be moved to another one since. */
    private Replica replica;

    private int retries;

    VirtualRequest(VirtualConnection connection) {
        this.connection = connection;
        this.replica = connection.replica();
    }

    /** Where a request is. */
    private enum Step {
        /** It is not sent before its moment. */
        PLANNED,
        TOKEN,
        STREAM,
        PLACE,
        SERVICE,
        /** It was refused and will be sent again. */
        RETRY,
        /** It was refused for good; the answer is under way. */
        REFUSED,
        OVER
    }

    /** The server reads its store; returns how long the whole service takes, in nanoseconds. */
    abstract long serve();

    /** The server had no place, and none in its queue. */
    abstract void refusedOnce();

    /** The answer is there. */
    abstract void answered();

    /** Every try was refused. */
    abstract void refused(ApiError.Status error);

    /** Whether the kubelet's own limit counts it. */
    abstract boolean needsToken();

    /** Has the request sent at a later moment. */
    final void plan(long delayNanos) {
        await(Step.PLANNED, delayNanos);
    }

    /** It is sent at a planned moment. */
    void due() {
        send();
    }

    /** Sends it, for the first time or again. */
    final void send() {
        long wait = needsToken() ? connection.takeToken() : 0;
        if (wait > 0) {
            await(Step.TOKEN, wait);
        } else {
            askForStream();
        }
    }

    private void askForStream() {
        step = Step.STREAM;
        connection.takeStream(this);
    }

    @Override
    public final void streamTaken() {
        step = Step.PLACE;
        replica = connection.replica();
        replica.admit(this);
    }

    /** For the replica: there is a place. */
    final void begin() {
        await(Step.SERVICE, serve());
    }

    /** For the replica: there is none. */
    final void rejected() {
        refusedOnce();
        if (retries < MOST_RETRIES) {
            retries++;
            connection.network().recorder().retried();
            await(Step.RETRY, RETRY_AFTER.toNanos());
        } else {
            await(Step.REFUSED, 0);
        }
        connection.releaseStream();
    }

    /** Where it is, from the moment at which it has a stream. */
    final Replica replica() {
        return replica;
    }

    private void await(Step next, long delayNanos) {
        countWaiting(next, 1);
        step = next;
        connection.schedule(this, delayNanos);
    }

    @Override
    public final void fire() {
        countWaiting(step, -1);
        switch (step) {
            case PLANNED -> due();
            case TOKEN -> askForStream();
            case RETRY -> send();
            case SERVICE -> {
                over();
                replica.release();
                connection.releaseStream();
                answered();
            }
            case REFUSED -> {
                over();
                refused(TOO_MANY_REQUESTS);
            }
            case STREAM, PLACE, OVER -> throw new IllegalStateException("no timer belongs to step " + step);
        }
    }

    private void countWaiting(Step where, int change) {
        if (where == Step.TOKEN || where == Step.RETRY) {
            connection.network().recorder().waitingToSend(change);
        }
    }

    private void over() {
        step = Step.OVER;
        retries = 0;
    }

    /** Gives it up wherever it is; a server that is serving it stops at once. */
    @Override
    public final void cancel() {
        Step left = step;
        countWaiting(left, -1);
        over();
        switch (left) {
            case STREAM -> connection.leave(this);
            case PLACE -> {
                replica.leave(this);
                connection.releaseStream();
            }
            case SERVICE -> {
                connection.cancel(this);
                replica.release();
                connection.releaseStream();
            }
            default -> connection.cancel(this);
        }
    }

    /** Whether it has been sent and is not answered. */
    final boolean isUnderWay() {
        return step != Step.OVER && step != Step.PLANNED;
    }
}
