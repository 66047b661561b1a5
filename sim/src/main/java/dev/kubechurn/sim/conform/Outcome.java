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
     * @param diff where, what was expected and what is there, on several lines
     */
    public record Failed(String title, String diff) {}
}
