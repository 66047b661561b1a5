package dev.kubechurn.core.env;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a text in which {@code $(NAME)} becomes the value of NAME and {@code $$} becomes {@code $} (E25 to E30).
 * Takes time in proportion to what it reads and writes.
 */
final class Expansion {

    private final String text;
    private final Function<String, @Nullable String> values;
    private final int limitChars;
    private final StringBuilder out;
    private int at;

    /** No {@code )} stands at or behind {@link #at}, so that unclosed references are not looked for again and again. */
    private boolean unclosed;

    private Expansion(String text, Function<String, @Nullable String> values, int limitChars) {
        this.text = text;
        this.values = values;
        this.limitChars = limitChars;
        this.out = new StringBuilder(Math.min(text.length(), limitChars));
    }

    /**
     * Expands the text.
     *
     * @param values the value of a name, null where nothing answers (E26)
     * @return null if the result would be longer than the limit
     */
    static @Nullable String expand(String text, Function<String, @Nullable String> values, int limitChars) {
        if (text.indexOf('$') < 0) {
            return text.length() <= limitChars ? text : null;
        }
        return new Expansion(text, values, limitChars).run();
    }

    private @Nullable String run() {
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            int plainEnd = dollar < 0 ? text.length() : dollar;
            if (!append(text.substring(at, plainEnd))) {
                return null;
            }
            at = plainEnd;
            if (dollar >= 0 && !append(operator())) {
                return null;
            }
        }
        return out.toString();
    }

    /** What the {@code $} at hand stands for; moves behind what it has read. */
    private String operator() {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        if (next == '(') {
            return reference();
        }
        at += next == '$' ? 2 : 1;
        return "$";
    }

    private String reference() {
        int nameStart = at + 2;
        int close = unclosed ? -1 : text.indexOf(')', nameStart);
        if (close < 0) {
            unclosed = true;
            at = nameStart;
            return "$(";
        }
        String value = values.apply(text.substring(nameStart, close));
        String whole = text.substring(at, close + 1);
        at = close + 1;
        return value == null ? whole : value;
    }

    private boolean append(String part) {
        if (part.length() > limitChars - out.length()) {
            return false;
        }
        out.append(part);
        return true;
    }
}
