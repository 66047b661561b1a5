package dev.kubechurn.core.volume;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names that a volume's directory keeps for its writer (V10, V11). */
final class VersionName {

    /** The link to the directory whose files show. */
    static final String DATA = "..data";

    /** The link that is about to take its place. */
    static final String NEXT_DATA = "..data_tmp";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu_MM_dd_HH_mm_ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern VERSION =
            Pattern.compile("\\.\\.[0-9]{4}_[0-9]{2}_[0-9]{2}_[0-9]{2}_[0-9]{2}_[0-9]{2}\\.[0-9]+");

    private VersionName() {}

    /** The name of a directory made at {@code time}. */
    static String of(Instant time, int random) {
        return ".." + TIME.format(time) + "." + Integer.toUnsignedString(random);
    }

    /** Whether a name is one that {@link #of}, or a kubelet, gives. */
    static boolean isVersion(String name) {
        return VERSION.matcher(name).matches();
    }

    /** Whether a file of that name in the volume's directory would get into the writer's way. */
    static boolean isReserved(String name) {
        return name.equals(DATA) || name.equals(NEXT_DATA) || isVersion(name);
    }
}
