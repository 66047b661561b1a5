package dev.kubechurn.reports.render;

/**
 * The characters that a terminal can show. What comes from outside (names, messages) cannot move the cursor, change
 * colours or turn the direction of writing: such characters become question marks.
 */
public enum Glyphs {
    UNICODE {
        @Override
        String of(int point) {
            return Character.toString(point);
        }
    },
    ASCII {
        @Override
        String of(int point) {
            return switch (point) {
                case 'µ', 'μ' -> "u";
                case '→' -> "->";
                case '−', '–', '—' -> "-";
                case '·' -> "|";
                case '×' -> "x";
                case '≤' -> "<=";
                case '≥' -> ">=";
                case '…' -> "...";
                case '„', '“', '”' -> "\"";
                case '‘', '’' -> "'";
                default -> point < 0x80 ? Character.toString(point) : "?";
            };
        }
    };

    abstract String of(int point);

    String apply(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> shown.append(isHarmful(point) ? "?" : of(point)));
        return shown.toString();
    }

    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
