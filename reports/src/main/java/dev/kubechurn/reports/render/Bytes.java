package dev.kubechurn.reports.render;

import java.util.List;

/** Amounts of memory and traffic as people read them, in powers of 1024: {@code 512 B}, {@code 31.2 MiB}. */
public final class Bytes {

    private static final Ladder LADDER = new Ladder(List.of(
            new Ladder.Step("B", 1),
            new Ladder.Step("KiB", 1L << 10),
            new Ladder.Step("MiB", 1L << 20),
            new Ladder.Step("GiB", 1L << 30),
            new Ladder.Step("TiB", 1L << 40)));

    private Bytes() {}

    /** Three significant digits, four where they are whole; {@code -} for what is no number. */
    public static String format(double bytes) {
        return LADDER.format(bytes);
    }

    public static String format(long bytes) {
        return LADDER.format((double) bytes);
    }
}
