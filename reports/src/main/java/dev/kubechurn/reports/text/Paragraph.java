package dev.kubechurn.reports.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text broken into lines between words; what stands between pairs of asterisks is set off. */
public final class Paragraph {

    /** Columns of a terminal that nobody resized. */
    public static final int WIDTH = 80;

    private static final String MARK = "**";
    private static final String NO_BREAK = "\u00a0";
    private static final Pattern QUANTITY =
            Pattern.compile("(?<=[0-9]) (?=(ns|µs|ms|s|min|h|d|B|KiB|MiB|GiB|TiB|%)(?![A-Za-z]))");

    private Paragraph() {}

    /** The lines, none wider than given unless a single word is; a quantity is not parted from its unit. */
    public static List<String> lines(String text, int width, Paint paint) {
        List<String> lines = new ArrayList<>();
        boolean marked = false;
        for (String line : wrapped(QUANTITY.matcher(text).replaceAll(NO_BREAK), width)) {
            StringBuilder painted = new StringBuilder();
            String[] parts = line.split(Pattern.quote(MARK), -1);
            for (int i = 0; i < parts.length; i++) {
                marked ^= i > 0;
                painted.append(marked ? paint.strong(parts[i]) : parts[i]);
            }
            lines.add(painted.toString().replace(NO_BREAK, " "));
        }
        return lines;
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split(" +", -1)) {
            if (!line.isEmpty() && shown(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int shown(String text) {
        return Columns.width(text.replace(MARK, ""));
    }

    /** The text, or its beginning with an ellipsis where it is wider than given. */
    public static String cut(String text, int width) {
        if (Columns.width(text) <= width) {
            return text;
        }
        int end = text.offsetByCodePoints(0, width - 1);
        return text.substring(0, end).stripTrailing() + "…";
    }

    /** The text, or its beginning and its end where it is wider than given: a name differs from its like at either. */
    public static String cutWithin(String text, int width) {
        int over = Columns.width(text) - width;
        if (over <= 0) {
            return text;
        }
        int end = text.offsetByCodePoints(0, (width - 1) / 2);
        return text.substring(0, end) + "…" + text.substring(text.offsetByCodePoints(end, over + 1));
    }
}
