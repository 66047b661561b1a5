package dev.kubechurn.reports.render;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * The units of one quantity, from the smallest up; a value is shown in the largest unit of which it fills one.
 *
 * <p>Values have three significant digits, or more where only whole numbers are left; half rounds away from 0. Whole
 * numbers of the smallest unit are shown whole. What is no number is {@value #NOTHING}.
 */
record Ladder(List<Step> steps) {

    /** Stands where there is nothing to show. */
    static final String NOTHING = "-";

    private static final int DIGITS = 3;

    /**
     * A unit.
     *
     * @param size how many of the smallest unit it is
     */
    record Step(String symbol, long size) {}

    String format(double value) {
        if (!Double.isFinite(value)) {
            return NOTHING;
        }
        BigDecimal amount = new BigDecimal(value).abs();
        String sign = value < 0 ? "−" : "";
        for (int i = 0; ; i++) {
            Step step = steps.get(i);
            BigDecimal exact = amount.divide(BigDecimal.valueOf(step.size()), MathContext.DECIMAL64);
            BigDecimal shown = i == 0 && isWhole(exact) ? exact.setScale(0, RoundingMode.UNNECESSARY) : rounded(exact);
            if (i == steps.size() - 1 || shown.compareTo(limit(i)) < 0) {
                return sign + grouped(shown) + " " + step.symbol();
            }
            if (exact.compareTo(limit(i)) < 0) {
                // only rounding has filled the next unit: it must be shown as one, not as 0.999
                amount = shown.multiply(BigDecimal.valueOf(step.size()));
            }
        }
    }

    /** The number with three significant digits, or whole where it is longer, and thousands separators. */
    static String threeDigits(double value) {
        if (!Double.isFinite(value)) {
            return NOTHING;
        }
        return (value < 0 ? "−" : "") + grouped(rounded(new BigDecimal(value).abs()));
    }

    private BigDecimal limit(int index) {
        return BigDecimal.valueOf(steps.get(index + 1).size())
                .divide(BigDecimal.valueOf(steps.get(index).size()), MathContext.DECIMAL64);
    }

    private static BigDecimal rounded(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal once = value.setScale(decimals(value), RoundingMode.HALF_UP);
        // 9.996 has become 10.00, which has one digit too many
        return once.setScale(decimals(once), RoundingMode.HALF_UP);
    }

    private static int decimals(BigDecimal value) {
        int wholeDigits = value.precision() - value.scale();
        return Math.max(0, DIGITS - wholeDigits);
    }

    private static boolean isWhole(BigDecimal value) {
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }

    private static String grouped(BigDecimal value) {
        return String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value);
    }
}
