package dev.kubechurn.sim.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How often something happens on average, exact to a thousandth of an event per unit.
 *
 * @param thousandths of an event in one unit
 * @param per the unit it was written in
 */
public record Rate(long thousandths, Per per) {

    /** The units a rate is written in. */
    public enum Per {
        SECOND("s", 1),
        MINUTE("m", 60),
        HOUR("h", 3600);

        private final String symbol;
        private final int seconds;

        Per(String symbol, int seconds) {
            this.symbol = symbol;
            this.seconds = seconds;
        }
    }

    private static final long MAX_THOUSANDTHS = 100_000_000L;

    public Rate {
        if (thousandths < 0 || thousandths > MAX_THOUSANDTHS) {
            throw outOfRange();
        }
    }

    public static Rate perSecond(long events) {
        return new Rate(Math.multiplyExact(events, 1000L), Per.SECOND);
    }

    public double perSecond() {
        return thousandths / 1000.0 / per.seconds;
    }

    public boolean isZero() {
        return thousandths == 0;
    }

    /**
     * The rate that a text says.
     *
     * @throws IllegalArgumentException if it says none; the message tells what is wrong with it
     */
    public static Rate parse(String text) {
        if (!text.matches("-?[0-9]{1,12}(\\.[0-9]{1,3})?/[smh]")) {
            throw new IllegalArgumentException("is not a rate; write it like 10/s, 5/m or 100/h");
        }
        if (text.startsWith("-")) {
            throw new IllegalArgumentException("is negative; a rate is 0/s or more");
        }
        BigDecimal events = new BigDecimal(text.substring(0, text.length() - 2));
        Per per = switch (text.charAt(text.length() - 1)) {
            case 's' -> Per.SECOND;
            case 'm' -> Per.MINUTE;
            default -> Per.HOUR;
        };
        return new Rate(
                events.movePointRight(3).setScale(0, RoundingMode.UNNECESSARY).longValueExact(), per);
    }

    private static IllegalArgumentException outOfRange() {
        return new IllegalArgumentException(
                "is out of range: it must be between 0 and " + MAX_THOUSANDTHS / 1000 + " events per unit");
    }

    /** As a scenario writes it: {@code 10/s}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString() + "/" + per.symbol;
    }
}
