package dev.kubechurn.sim.conform;

import java.util.List;

/**
 * What came of all vectors.
 *
 * @param failures in the order of the files
 */
public record Outcome(int passed, List<Failed> failures) {

    public Outcome {
        failures = List.copyOf(failures);
    }

    /**
     * A vector that does not hold.
     *
     * @param title the file, the name and the rule
     * @param where the step or the part that differs
     */
    public record Failed(String title, String where, String expected, String actual) {

        /** Where, what was expected and what is there, one below the other. */
        public String diff() {
            return where + "\n    expected  " + expected + "\n    actual    " + actual;
        }
    }
}
