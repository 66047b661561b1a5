package dev.kubechurn.sim.run;

import java.util.List;

/** Bugs that kubelets and their clients could have, planted to see that the checks find them, and by which names. */
enum Bug {
    /** Check 1: a watch that nobody needs any more is sometimes not closed. */
    LEAKED_WATCH("no-leak"),
    /** Check 2: an event is sometimes lost on its way. */
    LOST_EVENT("convergence"),
    /** Check 3: a list that is not the first brings the object as the first one had it. */
    OLD_LIST("monotonic convergence"),
    /** Check 4: what one kubelet has listed is given to all that list the object for the first time. */
    SHARED_FIRST_LIST("fresh"),
    /** Check 5: a pod that goes is sometimes not unregistered. */
    FORGOTTEN_POD("references no-leak"),
    /** Check 2 with strategy Cache: a refresh brings what the first one brought. */
    OLD_REFRESH("convergence"),
    /** Check 7: a deletion is sometimes lost on its way. */
    LOST_DELETION("truth"),
    /** Check 7: the client does not know of {@code immutable}, so the kubelet goes on following. */
    NO_IMMUTABLE("truth"),
    /** Check 7: an environment asks for the objects of its single variables anew. */
    TWO_READS("truth"),
    /** Check 6: an answer takes a time that no seed decides. */
    CHANCE("determinism");

    /** Those of which one is broken by it first, with blanks between them. */
    private final String checks;

    Bug(String checks) {
        this.checks = checks;
    }

    List<String> checks() {
        return List.of(checks.split(" "));
    }
}
