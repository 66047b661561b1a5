package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.LiveFigures;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Progress as plain lines, every few seconds, for logs. For one thread at a time. */
final class ProgressLines implements Progress {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter out;
    private long nextNanos = INTERVAL_NANOS;
    private boolean closed;

    ProgressLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(LiveFigures figures) {
        if (!closed && figures.elapsedNanos() >= nextNanos) {
            out.println("  " + LiveText.of(figures));
            out.flush();
            nextNanos = figures.elapsedNanos() - figures.elapsedNanos() % INTERVAL_NANOS + INTERVAL_NANOS;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
