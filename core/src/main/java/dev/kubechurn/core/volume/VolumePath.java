package dev.kubechurn.core.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules for the paths of a volume's files (V8, V9). Lengths are those of the UTF-8 bytes. */
final class VolumePath {

    private static final int MAX_PATH_BYTES = 4096;
    private static final int MAX_ELEMENT_BYTES = 255;
    private static final int MAX_QUOTED_CHARS = 120;

    /** Of one UTF-16 unit. */
    private static final int MAX_UTF8_BYTES = 3;

    private VolumePath() {}

    /** What is wrong with a path as it was written, for people; null if it is good (V8). */
    static @Nullable String problem(String path) {
        if (isShortName(path)) {
            return null;
        }
        if (path.isEmpty()) {
            return "must not be empty";
        }
        if (path.startsWith("/")) {
            return "must be relative";
        }
        if (bytesOf(path) > MAX_PATH_BYTES) {
            return "must not be longer than " + MAX_PATH_BYTES + " bytes";
        }
        String[] elements = path.split("/", -1);
        for (String element : elements) {
            if (element.equals("..")) {
                return "must not contain \"..\"";
            }
            if (bytesOf(element) > MAX_ELEMENT_BYTES) {
                return "must not have an element longer than " + MAX_ELEMENT_BYTES + " bytes";
            }
        }
        if (elements[0].startsWith("..")) {
            return "must not start with \"..\"";
        }
        // The kubelet's check lets "." through; its write then fails, for the volume's own directory is no file.
        return clean(path).isEmpty() ? "must name a file, not the volume itself" : null;
    }

    /** The path without empty and {@code .} elements (V9); for good paths. */
    static String clean(String path) {
        return isShortName(path) ? path : cleanElements(path);
    }

    /** Keys mostly are: neither {@code .} nor {@code ..}, of one element, and by no means too long. */
    private static boolean isShortName(String path) {
        return !path.isEmpty()
                && path.length() <= MAX_ELEMENT_BYTES / MAX_UTF8_BYTES
                && path.indexOf('/') < 0
                && !path.startsWith("..")
                && !path.equals(".");
    }

    private static String cleanElements(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(element -> !element.isEmpty() && !element.equals("."))
                .collect(Collectors.joining("/"));
    }

    /** Whether a path is clean and stays below the directory that it starts from. */
    static boolean isClean(String path) {
        return isShortName(path) || isCleanOfElements(path);
    }

    private static boolean isCleanOfElements(String path) {
        return !path.isEmpty()
                && path.equals(clean(path))
                && Arrays.stream(path.split("/", -1)).noneMatch(".."::equals);
    }

    /** The part before the first slash: the name that shows in the volume's directory (V12). */
    static String firstElement(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** The directories that a clean path needs, outermost first. */
    static List<String> parents(String path) {
        List<String> parents = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            parents.add(path.substring(0, slash));
        }
        return parents;
    }

    /** The path in double quotes, on one line and of bounded length, for messages. */
    static String quoted(String path) {
        String shown = path.length() <= MAX_QUOTED_CHARS ? path : path.substring(0, MAX_QUOTED_CHARS) + "...";
        return shown.chars()
                .mapToObj(c -> Character.isISOControl(c)
                        ? String.format(Locale.ROOT, "\\u%04x", c)
                        : Character.toString((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static int bytesOf(String text) {
        return text.getBytes(UTF_8).length;
    }
}
