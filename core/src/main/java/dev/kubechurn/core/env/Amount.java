package dev.kubechurn.core.env;

import static java.math.RoundingMode.CEILING;
import static java.math.RoundingMode.UP;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A quantity as an exact number (E50, E51). fabric8's own arithmetic rounds to 16 digits, so only its text is used.
 */
record Amount(BigDecimal value) {

    static final Amount ZERO = new Amount(BigDecimal.ZERO);
    static final Amount ONE = new Amount(BigDecimal.ONE);

    private static final int MAX_TEXT_LENGTH = 256;
    private static final String DECIMAL_SUFFIXES = "num kMGTPE";
    private static final String BINARY_SUFFIXES = "KMGTPE";
    private static final Pattern SYNTAX = Pattern.compile("(?<number>[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+))"
            + "(?<decimal>[numkMGTPE]?|(?<binary>[KMGTPE])i|[eE](?<exponent>[+-]?0*[0-9]{1,3}))");

    /** The number that the quantity is written for; null if it is none. */
    static @Nullable Amount of(Quantity quantity) {
        String text = Absent.text(quantity.getAmount()) + Absent.text(quantity.getFormat());
        Matcher matcher = SYNTAX.matcher(text);
        if (text.length() > MAX_TEXT_LENGTH || !matcher.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(matcher.group("number"));
        String exponent = matcher.group("exponent");
        String binary = matcher.group("binary");
        if (exponent != null) {
            return scaled(number, Integer.parseInt(exponent));
        }
        return binary != null
                ? new Amount(number.multiply(BigDecimal.valueOf(1024).pow(BINARY_SUFFIXES.indexOf(binary) + 1)))
                : new Amount(number.scaleByPowerOfTen(powerOfTen(matcher.group("decimal"))));
    }

    /** Go reads the exponent into eight bits. */
    private static @Nullable Amount scaled(BigDecimal number, int exponent) {
        return exponent < Byte.MIN_VALUE || exponent > Byte.MAX_VALUE
                ? null
                : new Amount(number.scaleByPowerOfTen(exponent));
    }

    private static int powerOfTen(String suffix) {
        return suffix.isEmpty() ? 0 : 3 * (DECIMAL_SUFFIXES.indexOf(suffix) - DECIMAL_SUFFIXES.indexOf(' '));
    }

    boolean isZero() {
        return value.signum() == 0;
    }

    /**
     * This over the divisor in whole numbers, each step rounded up (E50); the first away from zero, as Go does it, so that
     * no divisor becomes zero.
     *
     * @param decimals to how many decimals both are rounded before: 3 for cpu, 0 for all else
     */
    String dividedBy(Amount divisor, int decimals) {
        BigDecimal dividend = value.setScale(decimals, UP);
        return dividend.divide(divisor.value.setScale(decimals, UP), 0, CEILING).toPlainString();
    }
}
