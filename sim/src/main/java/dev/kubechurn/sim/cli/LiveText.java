package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.sim.run.LiveFigures;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The live figures of a run in one line. */
final class LiveText {

    private LiveText() {}

    static String of(LiveFigures figures) {
        return String.format(
                Locale.ROOT,
                "%d s of %d s · %,d pods · %,d watches · %.1f updates/s · propagation p99 %s",
                TimeUnit.NANOSECONDS.toSeconds(figures.elapsedNanos()),
                TimeUnit.NANOSECONDS.toSeconds(figures.durationNanos()),
                figures.pods(),
                figures.watches(),
                figures.updatesPerSecond(),
                figures.propagationP99Nanos() == 0 ? "-" : Durations.format(figures.propagationP99Nanos()));
    }
}
