package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.LiveFigures;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The live figures of a run in virtual time, with its speed since the line before. For one thread at a time.
 */
final class VirtualText implements LiveText {

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier wallNanos;
    private long lastWallNanos;
    private long lastElapsedNanos;
    private long lastEvents;

    /** @param wallNanos a monotonic clock */
    VirtualText(LongSupplier wallNanos) {
        this.wallNanos = wallNanos;
        this.lastWallNanos = wallNanos.getAsLong();
    }

    @Override
    public String of(LiveFigures figures) {
        long wall = wallNanos.getAsLong();
        String speed = speed(figures, wall - lastWallNanos);
        lastWallNanos = wall;
        lastElapsedNanos = figures.elapsedNanos();
        lastEvents = figures.events();
        return String.format(
                Locale.ROOT,
                "%s simulated · %s · %,d pods · %,d watches",
                LiveText.progress(figures),
                speed,
                figures.pods(),
                figures.watches());
    }

    private String speed(LiveFigures figures, long tookNanos) {
        if (tookNanos <= 0) {
            return "- events/s · ×-";
        }
        double events = (figures.events() - lastEvents) / (tookNanos / NANOS_PER_SECOND);
        double ratio = (double) (figures.elapsedNanos() - lastElapsedNanos) / tookNanos;
        return String.format(
                Locale.ROOT, ratio < 10 ? "%,.0f events/s · ×%.1f" : "%,.0f events/s · ×%,.0f", events, ratio);
    }
}
