package dev.kubechurn.reports.render;

/** Text in XML and HTML: the one place where what somebody named becomes part of a page. */
final class Markup {

    private Markup() {}

    /** For the text of an element and for an attribute in double quotes. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
            }
        });
        return safe.toString();
    }

    static String link(Table.Link link) {
        return "<a href=\"" + escaped(link.href()) + "\">" + escaped(link.text()) + "</a>";
    }

    /** XML knows no other control characters, not even escaped. */
    private static boolean isAllowed(int point) {
        boolean blank = point == '\t' || point == '\n' || point == '\r';
        boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
        return blank || (point >= 0x20 && point != 0xFFFE && point != 0xFFFF && !surrogate);
    }
}
