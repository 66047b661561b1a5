package dev.kubechurn.reports.render;

import java.util.Locale;

/** What a page's script shows of a line where somebody points at it: places in the picture, and what is there. */
final class Tips {

    /** Between two places, and between the parts of one; {@code page.js} knows them too. */
    private static final char NEXT = '|';

    private static final char PART = ';';

    private final String name;
    private final StringBuilder places = new StringBuilder();

    /** @param name of the line, for people */
    Tips(String name) {
        this.name = name;
    }

    /**
     * One place, further right than the one before it.
     *
     * @param when what stands for all lines there, such as a time
     * @param figure of this line
     */
    void add(double x, double y, String when, String figure) {
        places.append(places.isEmpty() ? "" : NEXT)
                .append(String.format(Locale.ROOT, "%.1f%c%.1f%c", x, PART, y, PART))
                .append(plain(when))
                .append(PART)
                .append(plain(figure));
    }

    private static String plain(String text) {
        return text.replace(NEXT, ' ').replace(PART, ' ');
    }

    /** Of the line's element. */
    String attributes() {
        return " data-name=\"" + Markup.escaped(name) + "\" data-tips=\"" + Markup.escaped(places.toString()) + "\"";
    }
}
