package dev.kubechurn.sim.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time in the name of a file, such as {@code 20260131-120000}, in UTC. */
final class Stamp {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Stamp() {}

    static String of(Instant time) {
        return FORMAT.format(time);
    }
}
