package dev.kubechurn.sim.conform;

import java.io.Serial;

/** A vector's expectation that does not hold: it ends the vector. */
final class Mismatch extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String expected;
    private final String actual;

    Mismatch(String where, Object expected, Object actual) {
        super(where, null, false, false);
        this.where = where;
        this.expected = String.valueOf(expected);
        this.actual = String.valueOf(actual);
    }

    static void requireEqual(String where, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new Mismatch(where, expected, actual);
        }
    }

    /** What it means for the vector. */
    Outcome.Failed of(Vector vector) {
        return new Outcome.Failed(vector.title(), where, expected, actual);
    }
}
