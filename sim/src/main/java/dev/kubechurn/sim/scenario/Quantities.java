package dev.kubechurn.sim.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers of bytes as Kubernetes writes quantities: {@code 1Ki}, {@code 1.5Mi}, {@code 1M}, {@code 512}. */
final class Quantities {

    static final String PATTERN = "[0-9]{1,18}(\\.[0-9]{1,9})?(Ki|Mi|Gi|Ti|k|M|G|T)?";

    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(Ki|Mi|Gi|Ti|k|M|G|T)?");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti");
    private static final List<String> DECIMAL = List.of("", "k", "M", "G", "T");

    private Quantities() {}

    static long parse(String text) {
        if (text.startsWith("-") && WHOLE.matcher(text.substring(1)).matches()) {
            throw new IllegalArgumentException("is negative");
        }
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            throw new IllegalArgumentException("is not a quantity of bytes; write it like 512, 1Ki, 100Ki or 1M");
        }
        String suffix = whole.group(2) == null ? "" : whole.group(2);
        BigDecimal bytes = new BigDecimal(whole.group(1)).multiply(factor(suffix));
        try {
            return bytes.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is not a whole number of bytes, or is too large", e);
        }
    }

    static String format(long bytes) {
        for (List<String> suffixes : List.of(BINARY, DECIMAL)) {
            for (int i = suffixes.size() - 1; i > 0; i--) {
                long factor = factor(suffixes.get(i)).longValueExact();
                if (bytes > 0 && bytes % factor == 0) {
                    return bytes / factor + suffixes.get(i);
                }
            }
        }
        return Long.toString(bytes);
    }

    private static BigDecimal factor(String suffix) {
        return BINARY.contains(suffix)
                ? BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix))
                : BigDecimal.valueOf(1000).pow(DECIMAL.indexOf(suffix));
    }
}
