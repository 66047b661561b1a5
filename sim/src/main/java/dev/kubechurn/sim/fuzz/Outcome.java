package dev.kubechurn.sim.fuzz;

import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.RunResult;

/** What became of one scenario. */
public sealed interface Outcome {

    /** Every check held, or could not be told. */
    record Held() implements Outcome {}

    /**
     * A check failed, or the run broke off.
     *
     * @param what the check, or the class of what was thrown: two scenarios with the same fail the same way
     * @param message what was expected and what was found
     */
    record Broken(String what, String message) implements Outcome {}

    static Outcome of(RunResult result) {
        for (CheckResult check : result.checks()) {
            if (check.outcome() == CheckResult.Outcome.VIOLATED) {
                return new Broken(check.name(), String.join("; ", check.messages()));
            }
        }
        return new Held();
    }

    static Outcome of(RuntimeException thrown) {
        return new Broken(thrown.getClass().getSimpleName(), String.valueOf(thrown.getMessage()));
    }
}
