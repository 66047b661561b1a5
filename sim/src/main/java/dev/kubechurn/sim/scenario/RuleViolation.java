package dev.kubechurn.sim.scenario;

import java.util.List;

/** A combination of values that makes no sense, found when a record is built; the message fits after a path. */
final class RuleViolation extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> fields;

    /**
     * @param message what is wrong and how to mend it
     * @param fields the dotted paths, from the record on, of what takes part, the one to blame first
     */
    RuleViolation(String message, String... fields) {
        super(message);
        this.fields = List.of(fields);
    }

    List<String> fields() {
        return fields;
    }
}
