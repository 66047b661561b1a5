package dev.kubechurn.reports.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A screenful of text: what must be read, and as much of the rest as fits. Lines are broken to the width of a terminal; a
 * path or a command is not, because it is there to be copied. For one thread.
 */
public final class Screen {

    /** Of the 24 lines of a terminal those that a command's head and the next prompt leave. */
    public static final int LINES = 22;

    private static final String INDENT = "  ";
    private static final String GAP = "   ";

    private final Paint paint;
    private final int keyWidth;
    private final int most;
    private final List<Part> parts = new ArrayList<>();

    private record Part(List<String> lines, boolean optional) {}

    /**
     * An empty one.
     *
     * @param keyWidth columns of the longest key
     * @param most lines
     */
    public Screen(Paint paint, int keyWidth, int most) {
        this.paint = paint;
        this.keyWidth = keyWidth;
        this.most = most;
    }

    /** Sentences; what matters stands between pairs of asterisks. */
    public Screen sentence(String text) {
        return add(Paragraph.lines(text, Paragraph.WIDTH, paint), false);
    }

    public Screen gap() {
        return add(List.of(""), false);
    }

    /** Lines that are laid out already. */
    public Screen lines(List<String> lines) {
        return add(lines, false);
    }

    public Screen row(String key, String text) {
        return row(key, text, Tone.NEUTRAL);
    }

    public Screen row(String key, String text, Tone tone) {
        return add(keyed(key, wrapped(text), tone), false);
    }

    /** A line that is left out where the screen is full. */
    public Screen optional(String key, String text) {
        return add(keyed(key, wrapped(text), Tone.NEUTRAL), true);
    }

    /** A path or a command: on one line, however long. */
    public Screen path(String key, String text) {
        return add(keyed(key, List.of(text), Tone.NEUTRAL), false);
    }

    private List<String> wrapped(String text) {
        int width = Paragraph.WIDTH - INDENT.length() - keyWidth - GAP.length();
        return Paragraph.lines(text, width, Paint.PLAIN);
    }

    private List<String> keyed(String key, List<String> texts, Tone tone) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            String shown = lines.isEmpty() ? key : "";
            lines.add((INDENT + paint.dim(shown) + Columns.padding(shown, keyWidth) + GAP + paint.tone(tone, text))
                    .stripTrailing());
        }
        return lines;
    }

    private Screen add(List<String> lines, boolean optional) {
        parts.add(new Part(List.copyOf(lines), optional));
        return this;
    }

    /** All that must be read and what else fits, each line with its end; says how many lines were left out. */
    public String text() {
        int over = parts.stream().mapToInt(part -> part.lines().size()).sum() - most;
        List<Part> kept = new ArrayList<>(parts);
        int left = 0;
        int at = 0;
        for (int i = kept.size() - 1; i >= 0 && over > 0; i--) {
            if (kept.get(i).optional()) {
                Part gone = kept.remove(i);
                over -= gone.lines().size() - (left == 0 ? 1 : 0); // the line that says so takes one
                left += gone.lines().size();
                at = i;
            }
        }
        if (left > 0) {
            String more = left == 1 ? "1 more line" : left + " more lines";
            kept.add(at, new Part(keyed("", List.of(more + " with --details"), Tone.NEUTRAL), false));
        }
        StringBuilder text = new StringBuilder();
        kept.forEach(part -> part.lines().forEach(line -> text.append(line).append('\n')));
        return text.toString();
    }
}
