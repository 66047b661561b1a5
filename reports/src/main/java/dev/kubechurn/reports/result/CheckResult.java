package dev.kubechurn.reports.result;

import java.util.List;

/**
 * What became of one invariant.
 *
 * @param violations how often it was broken; 0 unless the outcome is {@link Outcome#VIOLATED}
 * @param messages what a person needs to know, one line each; of many violations the first few
 */
public record CheckResult(String name, Outcome outcome, long violations, List<String> messages) {

    /** Whether the invariant stood. */
    public enum Outcome {
        HELD,
        VIOLATED,
        /** This run could not tell; the messages say why. */
        NOT_CHECKED
    }

    public CheckResult {
        Names.requireName("check", name);
        messages = List.copyOf(messages);
        messages.forEach(message -> Names.requireLine("message of check " + name, message));
        if (violations < 0 || (outcome == Outcome.VIOLATED) != (violations > 0)) {
            throw new IllegalArgumentException("check " + name + " is " + outcome + " with " + violations
                    + " violations; only a violated check can have violations");
        }
    }

    public static CheckResult held(String name) {
        return new CheckResult(name, Outcome.HELD, 0, List.of());
    }

    public static CheckResult violated(String name, long violations, List<String> messages) {
        return new CheckResult(name, Outcome.VIOLATED, violations, messages);
    }

    public static CheckResult notChecked(String name, String reason) {
        return new CheckResult(name, Outcome.NOT_CHECKED, 0, List.of(reason));
    }

    public boolean held() {
        return outcome == Outcome.HELD;
    }
}
