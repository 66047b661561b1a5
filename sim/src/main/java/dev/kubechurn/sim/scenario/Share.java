package dev.kubechurn.sim.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A part of a whole, exact to a millionth and written as a percentage. */
public record Share(int millionths) {

    private static final int WHOLE = 1_000_000;

    public static final Share NONE = new Share(0);

    public Share {
        if (millionths < 0 || millionths > WHOLE) {
            throw new IllegalArgumentException("is out of range: it must be between 0% and 100%");
        }
    }

    public static Share percent(int percent) {
        return new Share(Math.multiplyExact(percent, WHOLE / 100));
    }

    /** Between 0 and 1. */
    public double fraction() {
        return millionths / (double) WHOLE;
    }

    static Share parse(String text) {
        if (!text.matches("-?[0-9]{1,9}(\\.[0-9]{1,4})?%")) {
            throw new IllegalArgumentException("is not a percentage; write it like 10% or 2.5%");
        }
        BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("is out of range: it must be between 0% and 100%");
        }
        return new Share(
                percent.movePointRight(4).setScale(0, RoundingMode.UNNECESSARY).intValueExact());
    }

    /** As a scenario writes it: {@code 2.5%}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString() + "%";
    }
}
