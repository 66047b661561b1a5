package dev.kubechurn.core.env;

import org.jspecify.annotations.Nullable;

/**
 * A {@code fieldPath}, taken apart.
 *
 * @param whole as it is written
 * @param field what stands before {@code ['}, or all of it
 * @param key what stands between {@code ['} and the closing {@code ']}, null without such brackets
 */
record FieldPath(String whole, String field, @Nullable String key) {

    private static final String OPEN = "['";
    private static final String CLOSE = "']";

    static FieldPath of(String whole) {
        int open = whole.indexOf(OPEN);
        int keyStart = open + OPEN.length();
        int keyEnd = whole.length() - CLOSE.length();
        return open > 0 && keyStart <= keyEnd && whole.endsWith(CLOSE)
                ? new FieldPath(whole, whole.substring(0, open), whole.substring(keyStart, keyEnd))
                : new FieldPath(whole, whole, null);
    }
}
