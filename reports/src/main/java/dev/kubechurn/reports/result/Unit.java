package dev.kubechurn.reports.result;

/**
 * What a number counts. The set is open: benchmarks bring units such as {@code ns/op}.
 *
 * @param symbol as it stands in the JSON: one word without white space
 */
public record Unit(String symbol) {

    public static final Unit NANOSECONDS = new Unit("ns");
    public static final Unit COUNT = new Unit("count");
    public static final Unit BYTES = new Unit("bytes");
    public static final Unit PER_SECOND = new Unit("1/s");
    public static final Unit BYTES_PER_SECOND = new Unit("bytes/s");

    public Unit {
        Names.requireLine("unit", symbol);
        if (symbol.isEmpty() || symbol.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("unit \"" + symbol + "\" must be one word, such as ns or bytes");
        }
    }

    @Override
    public String toString() {
        return symbol;
    }
}
