package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.Simulation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets Ctrl-C end a run in good order: the run stops its load, and the JVM waits until the command has written and
 * printed what there is to tell, be it a partial result or a failure. The JVM then exits with 130 by itself. For the
 * command's thread.
 */
final class Interruption {

    private static final long LIMIT_SECONDS = 60;

    private final CountDownLatch told = new CountDownLatch(1);
    private @Nullable Thread hook;

    // Guarded by this.
    private @Nullable Runnable stop;
    private boolean interrupted;

    /** From now on Ctrl-C ends this run. */
    void stops(Simulation simulation) {
        calls(() -> simulation.stop("interrupted"));
    }

    /** From now on Ctrl-C calls this, which must end the command soon; where it was pressed before, it is called now. */
    void calls(Runnable newStop) {
        synchronized (this) {
            stop = newStop;
            if (interrupted) {
                newStop.run();
                return;
            }
        }
        if (hook == null) {
            hook = new Thread(
                    () -> {
                        interrupt();
                        awaitTold();
                    },
                    "interruption");
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    private synchronized void interrupt() {
        interrupted = true;
        if (stop != null) {
            stop.run();
        }
    }

    private void awaitTold() {
        try {
            if (!told.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                // the JVM ends all the same
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command is over, and all that it printed is flushed: the JVM may end. */
    void over() {
        told.countDown();
        if (hook == null) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down already: the hook is what kept it up
            return;
        }
    }
}
