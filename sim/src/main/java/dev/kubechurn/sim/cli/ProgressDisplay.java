package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.run.LiveFigures;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes live figures from timers and has them shown on a thread of its own: a terminal that is slow, or that somebody
 * paused, delays the display and not the run. One slot, so that nothing queues up: the latest figures win. It pauses
 * between two displays, so that offers cost next to nothing however often they come.
 */
final class ProgressDisplay implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Progress progress;
    private final Thread thread;

    // Guarded by this.
    private @Nullable LiveFigures newest;
    private boolean awaited;
    private boolean closed;

    private ProgressDisplay(Progress progress) {
        this.progress = progress;
        this.thread = new Thread(this::showAll, "display");
        thread.setDaemon(true);
    }

    /** @param progress closed by {@link #close} */
    static ProgressDisplay of(Progress progress) {
        ProgressDisplay display = new ProgressDisplay(progress);
        display.thread.start();
        return display;
    }

    /** Hands over figures in place of those that nobody has shown yet; never waits for the terminal. */
    synchronized void offer(LiveFigures figures) {
        newest = figures;
        if (awaited) {
            notifyAll();
        }
    }

    private void showAll() {
        try {
            for (LiveFigures figures = next(); figures != null; figures = next()) {
                progress.show(figures);
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for figures; null at the end. */
    private synchronized @Nullable LiveFigures next() throws InterruptedException {
        awaited = true;
        while (newest == null && !closed) {
            wait();
        }
        awaited = false;
        LiveFigures figures = closed ? null : newest;
        newest = null;
        return figures;
    }

    private synchronized void pause() throws InterruptedException {
        long end = WallClock.monotonicNanos() + PAUSE_NANOS;
        for (long left = PAUSE_NANOS; left > 0 && !closed; left = end - WallClock.monotonicNanos()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Ends the display, after what it is showing now; what is printed next begins on a line of its own. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.close();
    }
}
