package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.sweep.Sweep;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How far a sweep is, and how long it may still take: one line that is drawn over on a terminal, else a line now and then. */
final class SweepProgress implements AutoCloseable {

    private final Terminal terminal;
    private final boolean quiet;
    private final LongSupplier nanos;
    private final long startNanos;
    private final Pace pace = new Pace();

    /** @param nanos a monotonic clock */
    SweepProgress(Terminal terminal, boolean quiet, LongSupplier nanos) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    /** Called by one thread at a time. */
    void show(Sweep.Progress progress) {
        long elapsed = nanos.getAsLong() - startNanos;
        boolean goesOn = progress.before() > 0 && progress.finished() == progress.before();
        if (quiet || !(terminal.interactive() || goesOn || pace.isDue(elapsed))) {
            return;
        }
        String text = "  " + text(progress, elapsed);
        if (terminal.interactive()) {
            terminal.redraw(text);
        } else {
            terminal.err().println(text);
        }
        terminal.err().flush();
    }

    private static String text(Sweep.Progress progress, long elapsedNanos) {
        int made = progress.finished() - progress.before();
        int left = progress.runs() - progress.finished();
        String text = String.format(Locale.ROOT, "%,d of %,d runs", progress.finished(), progress.runs());
        if (progress.before() > 0) {
            text += String.format(Locale.ROOT, " · %,d from before", progress.before());
        }
        return made == 0 || left == 0 ? text : text + " · about " + duration(elapsedNanos / made * left) + " left";
    }

    private static String duration(long nanos) {
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos));
        return seconds < 100 ? seconds + " s" : (seconds + 30) / 60 + " min";
    }

    @Override
    public void close() {
        if (!quiet && terminal.interactive()) {
            terminal.err().print(Terminal.OVER);
            terminal.err().flush();
        }
    }
}
