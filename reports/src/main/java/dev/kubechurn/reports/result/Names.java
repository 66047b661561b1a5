package dev.kubechurn.reports.result;

import java.util.regex.Pattern;

/** The rules for names and texts of a result, so that each can stand in a CSV header, a log tag and a terminal. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,254}");

    private Names() {}

    /** Returns the name: a letter, then letters, digits and {@code _ . -}, at most 255 characters. */
    static String requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + printable(name) + "\" must be a letter followed by letters, digits or _ . -");
        }
        return name;
    }

    /** Returns the text, which may be anything but must not hold control characters, line ends included. */
    static String requireLine(String what, String text) {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " \"" + printable(text) + "\" contains a control character; use one line of text");
        }
        return text;
    }

    private static String printable(String text) {
        return text.codePoints()
                .limit(80)
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
