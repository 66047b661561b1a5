package dev.kubechurn.reports.result;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Fields and lines after RFC 4180. */
final class CsvText {

    private static final String LINE_END = "\r\n";

    private CsvText() {}

    static String line(List<String> fields) {
        return fields.stream().map(CsvText::quoted).collect(Collectors.joining(",", "", LINE_END));
    }

    /** Without an exponent, in its shortest form. */
    static String number(double value) {
        return plain(BigDecimal.valueOf(value));
    }

    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String quoted(String field) {
        return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? "\"" + field.replace("\"", "\"\"") + "\""
                : field;
    }
}
