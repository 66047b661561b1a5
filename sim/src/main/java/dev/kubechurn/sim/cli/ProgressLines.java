package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.LiveFigures;
import java.io.PrintWriter;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Progress as plain lines, every few seconds of wall time, for logs. For one thread at a time. */
final class ProgressLines implements Progress {

    private final PrintWriter out;
    private final LiveText text;
    private final ToLongFunction<LiveFigures> wallElapsedNanos;
    private final Pace pace = new Pace();
    private boolean closed;

    private ProgressLines(PrintWriter out, LiveText text, ToLongFunction<LiveFigures> wallElapsedNanos) {
        this.out = out;
        this.text = text;
        this.wallElapsedNanos = wallElapsedNanos;
    }

    /** Of a run in wall time, whose own time it is. */
    static ProgressLines inWallTime(PrintWriter out) {
        return new ProgressLines(out, LiveText::inWallTime, LiveFigures::elapsedNanos);
    }

    /** Of a run in virtual time; takes a monotonic clock. */
    static ProgressLines inVirtualTime(PrintWriter out, LongSupplier wallNanos) {
        long start = wallNanos.getAsLong();
        return new ProgressLines(out, new VirtualText(wallNanos), figures -> wallNanos.getAsLong() - start);
    }

    @Override
    public void show(LiveFigures figures) {
        if (!closed && pace.isDue(wallElapsedNanos.applyAsLong(figures))) {
            out.println("  " + text.of(figures));
            out.flush();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
