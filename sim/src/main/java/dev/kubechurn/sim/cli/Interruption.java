package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.Simulation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a run in good order: the run stops its load, and the JVM waits until what was measured is written.
 */
final class Interruption implements AutoCloseable {

    private static final long LIMIT_SECONDS = 60;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Simulation simulation) {
        hook = new Thread(
                () -> {
                    simulation.stop("interrupted");
                    awaitWritten();
                },
                "interruption");
    }

    static Interruption stopping(Simulation simulation) {
        Interruption interruption = new Interruption(simulation);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void awaitWritten() {
        try {
            if (!written.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                // the JVM ends all the same
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is written: the JVM may end. */
    void over() {
        written.countDown();
    }

    @Override
    public void close() {
        over();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down already: the hook is what keeps it up
            return;
        }
    }
}
