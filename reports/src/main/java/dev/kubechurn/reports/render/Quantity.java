package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Unit;

/** A figure with its unit, as people read it. */
public final class Quantity {

    private Quantity() {}

    /** Such as {@code 4.20 ms}, {@code 1,204}, {@code 31.2 MiB}, {@code 5.10/s}, {@code 212 ns/op}. */
    public static String format(double value, Unit unit) {
        String symbol = unit.symbol();
        int slash = symbol.indexOf('/');
        String of = slash < 0 ? symbol : symbol.substring(0, slash);
        String per = slash < 0 ? "" : symbol.substring(slash);
        return switch (of) {
            case "ns" -> Durations.format(value) + per;
            case "bytes", "B" -> Bytes.format(value) + per;
            case "count" -> Counts.format(value) + per;
            case "1" -> Counts.measured(value) + per;
            default -> Counts.measured(value) + " " + symbol;
        };
    }

    public static String format(long value, Unit unit) {
        return unit.equals(Unit.COUNT) ? Counts.exact(value) : format((double) value, unit);
    }

    /** Such as {@code 50.0 KiB to 100 KiB}. */
    public static String range(double low, double high, Unit unit) {
        return format(low, unit) + " to " + format(high, unit);
    }
}
