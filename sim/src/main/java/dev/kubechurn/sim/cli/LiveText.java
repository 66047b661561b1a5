package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.sim.run.LiveFigures;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How the live figures of a run stand in one line. */
@FunctionalInterface
interface LiveText {

    String of(LiveFigures figures);

    /** For a run in wall time. */
    static String inWallTime(LiveFigures figures) {
        return String.format(
                Locale.ROOT,
                "%s · %,d pods · %,d watches · %.1f updates/s · delay p99 %s",
                progress(figures),
                figures.pods(),
                figures.watches(),
                figures.updatesPerSecond(),
                figures.propagationP99Nanos() == 0 ? "-" : Durations.format(figures.propagationP99Nanos()));
    }

    /** {@code 14 s of 60 s}. */
    static String progress(LiveFigures figures) {
        return TimeUnit.NANOSECONDS.toSeconds(figures.elapsedNanos()) + " s of "
                + TimeUnit.NANOSECONDS.toSeconds(figures.durationNanos()) + " s";
    }
}
