package dev.kubechurn.reports.text;

/** The colours of a terminal, or none of them; the only place that knows escape codes. */
public enum Paint {
    /** Text as it is. */
    PLAIN(false),
    /** Text with ANSI escape codes. */
    COLOUR(true);

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "1;31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";

    private final boolean coloured;

    Paint(boolean coloured) {
        this.coloured = coloured;
    }

    public static Paint of(boolean coloured) {
        return coloured ? COLOUR : PLAIN;
    }

    /** A heading, or the figure in a sentence that matters. */
    public String strong(String text) {
        return in(BOLD, text);
    }

    /** What leads to the text, such as a key. */
    public String dim(String text) {
        return in(DIM, text);
    }

    /** Text that says that all is well, that something is wrong, or that the reader must look. */
    public String tone(Tone tone, String text) {
        return switch (tone) {
            case NEUTRAL -> text;
            case GOOD -> in(GREEN, text);
            case WARNING -> in(YELLOW, text);
            case BAD -> in(RED, text);
        };
    }

    private String in(String codes, String text) {
        return coloured && !text.isEmpty() ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
    }
}
