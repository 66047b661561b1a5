package dev.kubechurn.core.env;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Labels or annotations as one text: a line {@code key="value"} for each, sorted, quoted as Go's %q does (E40). */
final class QuotedMap {

    private QuotedMap() {}

    static String of(Map<String, String> map) {
        Map<String, String> sorted = new TreeMap<>(ByteOrder.INSTANCE);
        sorted.putAll(map);
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + quote(Absent.text(entry.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(character -> append(character, quoted));
        return quoted.append('"').toString();
    }

    private static void append(int character, StringBuilder to) {
        switch (character) {
            case '"', '\\' -> to.append('\\').appendCodePoint(character);
            case 0x07 -> to.append("\\a");
            case '\b' -> to.append("\\b");
            case '\f' -> to.append("\\f");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            case 0x0b -> to.append("\\v");
            default -> to.append(printable(character) ? Character.toString(character) : escape(character));
        }
    }

    private static String escape(int character) {
        if (character < ' ' || character == 0x7f) {
            return hex("\\x", 2, character);
        }
        if (Character.getType(character) == Character.SURROGATE) {
            return "\uFFFD";
        }
        return Character.isBmpCodePoint(character) ? hex("\\u", 4, character) : hex("\\U", 8, character);
    }

    private static String hex(String prefix, int digits, int character) {
        String hex = Integer.toHexString(character);
        return prefix + "0".repeat(digits - hex.length()) + hex;
    }

    /** Letters, marks, numbers, punctuation, symbols and the ASCII blank. */
    private static boolean printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
