package dev.kubechurn.reports.result;

/** The rule that figures are numbers: JSON has no infinity, and an absent metric is better than NaN. */
final class Finite {

    private Finite() {}

    /** Returns the value, with −0 made 0, so that equal figures are equal values. */
    static double require(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + "; omit the metric instead");
        }
        return value + 0.0;
    }
}
