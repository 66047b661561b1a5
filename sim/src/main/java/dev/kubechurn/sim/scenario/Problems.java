package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one scenario, in the order found and bounded in number. Not thread-safe. */
final class Problems {

    private static final int MAX_LINES = 20;
    private static final int MAX_SHOWN = 60;
    private static final String SPEC = "spec.";

    private final List<String> lines = new ArrayList<>();
    private int more;

    void add(Origin origin, String message) {
        if (lines.size() < MAX_LINES) {
            lines.add(origin + ": " + message);
        } else {
            more++;
        }
    }

    int count() {
        return lines.size() + more;
    }

    ScenarioException exception() {
        List<String> all = new ArrayList<>(lines);
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return new ScenarioException(all);
    }

    /** A field as people find it: from the spec on, and with {@code spec.} where nothing else would show the level. */
    static String field(Origin origin, String path) {
        String below = path.startsWith(SPEC) ? path.substring(SPEC.length()) : path;
        boolean clear = below.contains(".") || !origin.inFile();
        return '"' + printable(clear ? below : path) + '"';
    }

    /** A piece of the file in quotes, cut to a length that fits a line. */
    static String quoted(String text) {
        return '"' + printable(text) + '"';
    }

    private static String printable(String text) {
        String flat = text.replaceAll("\\p{Cntrl}+", " ");
        return flat.length() <= MAX_SHOWN ? flat : flat.substring(0, MAX_SHOWN) + "…";
    }
}
