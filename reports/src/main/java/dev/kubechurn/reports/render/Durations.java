package dev.kubechurn.reports.render;

import java.util.List;

/** Durations as people read them: {@code 402 µs}, {@code 1.20 ms}, {@code 1.50 min}. */
public final class Durations {

    private static final Ladder LADDER = new Ladder(List.of(
            new Ladder.Step("ns", 1),
            new Ladder.Step("µs", 1_000),
            new Ladder.Step("ms", 1_000_000),
            new Ladder.Step("s", 1_000_000_000),
            new Ladder.Step("min", 60_000_000_000L)));

    private Durations() {}

    /** Three significant digits; {@code -} for what is no number. */
    public static String format(double nanos) {
        return LADDER.format(nanos);
    }

    public static String format(long nanos) {
        return LADDER.format((double) nanos);
    }
}
