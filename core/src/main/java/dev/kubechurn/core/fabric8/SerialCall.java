package dev.kubechurn.core.fabric8;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call under way that runs its steps one after the other on an executor, and none after it is over. It is over with
 * its terminal callback or when it is cancelled, whichever comes first. Safe from any thread.
 */
abstract class SerialCall implements Call, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SerialCall.class);

    private final ApiChannel channel;

    /** What is still to run; guarded by itself, as is {@code running}. Its bound is the transport's: one message. */
    private final Queue<Runnable> steps = new ArrayDeque<>(2);

    private boolean running;

    /** From the beginning until the first step runs. */
    private volatile boolean starting;

    private volatile boolean over;

    SerialCall(ApiChannel channel) {
        this.channel = channel;
    }

    final ApiChannel channel() {
        return channel;
    }

    /** Asks for the answer; runs on the executor. What it throws ends the call as {@link #startFailed}. */
    abstract void start();

    /** Delivers that the request could not even be sent. */
    abstract void startFailed(ApiError error);

    /** Gives back what the transport holds; must not block, may be called more than once and before the start. */
    abstract void release();

    /**
     * Whether the request is sent even if the call was given up since it began: client-go sends in the caller's thread, so that
     * what is given up later has been sent. Then {@link #start} must release what it took.
     */
    boolean startsInAnyCase() {
        return false;
    }

    /** Has the executor start the call, and returns at once. */
    final Call begin() {
        starting = true;
        enqueue(() -> {
            starting = false;
            try {
                start();
            } catch (RuntimeException e) {
                finish(() -> startFailed(new ApiError.Transport(Failures.describe(e))));
            }
        });
        return this;
    }

    /** Has a step run after those before it; from a callback of the transport. */
    final void post(Runnable step) {
        try {
            enqueue(step);
        } catch (RejectedExecutionException e) {
            LOG.debug("The callback executor is closed: a call ends without a response");
            cancel();
        }
    }

    /** The last step: to be called from within a step. */
    final void finish(Runnable terminal) {
        if (!over) {
            over = true;
            terminal.run();
        }
    }

    final boolean over() {
        return over;
    }

    @Override
    public final void cancel() {
        over = true;
        release();
    }

    @Override
    public final void run() {
        for (Runnable step = next(); step != null; step = next()) {
            if (!over || (starting && startsInAnyCase())) {
                runStep(step);
            }
        }
    }

    private void runStep(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            // An Error must not leave the call unfinished for ever, with its watch open at the server.
            channel.callbackFailed().accept(e);
        }
    }

    private void enqueue(Runnable step) {
        synchronized (steps) {
            steps.add(step);
            if (running) {
                return;
            }
            running = true;
        }
        channel.executor().execute(this);
    }

    private @Nullable Runnable next() {
        synchronized (steps) {
            Runnable step = steps.poll();
            running = step != null;
            return step;
        }
    }
}
