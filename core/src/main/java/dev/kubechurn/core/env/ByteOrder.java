package dev.kubechurn.core.env;

import java.util.Comparator;

/**
 * The order of Go's strings: by the bytes of their UTF-8 form, which is by code point. Java's own order differs where
 * a character beyond U+FFFF meets one from U+E000 to U+FFFF.
 */
enum ByteOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                return Integer.compare(rank(l), rank(r));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Puts surrogates, which stand for the largest code points, behind all other code units. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
    }
}
