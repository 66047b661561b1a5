package dev.kubechurn.reports.render;

import java.util.Locale;

/** Plain numbers as people read them: {@code 1,204} counted, {@code 5.10} measured. */
public final class Counts {

    private Counts() {}

    /** All digits, with thousands separators. */
    public static String exact(long count) {
        return count < 0
                ? "−" + String.format(Locale.ROOT, "%,d", count).substring(1)
                : String.format(Locale.ROOT, "%,d", count);
    }

    /** Three significant digits, or all whole ones; {@code -} for what is no number. */
    public static String measured(double value) {
        return Ladder.threeDigits(value);
    }

    /** Whole numbers as counted ones, others as measured ones. */
    static String format(double value) {
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE ? exact((long) value) : measured(value);
    }
}
