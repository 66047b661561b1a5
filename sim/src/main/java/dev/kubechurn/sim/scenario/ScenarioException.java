package dev.kubechurn.sim.scenario;

import java.util.List;

/** A scenario that cannot be run as it is written; the message is ready to print, one line per problem. */
public final class ScenarioException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ScenarioException(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** One line each: where, what, and how to mend it. */
    public List<String> problems() {
        return problems;
    }
}
