package dev.kubechurn.reports.render;

/**
 * A line below the table: what it is about, and the text.
 *
 * @param key empty where the line continues the one above
 * @param alarm whether the reader must not overlook it
 */
public record SummaryLine(String key, String text, boolean alarm) {

    public SummaryLine(String key, String text) {
        this(key, text, false);
    }

    public static SummaryLine alarm(String key, String text) {
        return new SummaryLine(key, text, true);
    }
}
