package dev.kubechurn.sim.run;

import java.util.List;

/** Bugs that kubelets and their clients could have, planted to see that the checks find them, and by which names. */
enum Bug {
    /** Check 1: a watch that nobody needs any more is sometimes not closed. */
    LEAKED_WATCH(4, "no-leak"),
    /** Check 2: an event is sometimes lost on its way. */
    LOST_EVENT(65, "convergence"),
    /** Check 3: a list that is not the first brings the object as the first one had it. */
    OLD_LIST(31, "monotonic convergence"),
    /** Check 4: what one kubelet has listed is given to all that list the object for the first time. */
    SHARED_FIRST_LIST(31, "fresh"),
    /** Check 5: a pod that goes is sometimes not unregistered. */
    FORGOTTEN_POD(1, "references no-leak"),
    /** Check 2 with strategy Cache: a refresh brings what the first one brought. */
    OLD_REFRESH(395, "convergence"),
    /** Check 2 with strategy Watch: the manager gives for ever what it gave first, whatever the store holds. */
    STUCK_VALUE(31, "convergence"),
    /** Check 7: a deletion is sometimes lost on its way. */
    LOST_DELETION(362, "truth"),
    /** Check 7: the client does not know of {@code immutable}, so the kubelet goes on following. */
    NO_IMMUTABLE(34, "truth"),
    /** Check 7: an environment asks for the objects of its single variables anew. */
    TWO_READS(43, "truth"),
    /** Check 6: an answer takes a time that no seed decides. */
    CHANCE(2, "determinism");

    private final long seed;

    /** Those of which one is broken by it first, with blanks between them. */
    private final String checks;

    Bug(long seed, String checks) {
        this.seed = seed;
        this.checks = checks;
    }

    /** The first from 1 on whose scenario shows it. */
    long seed() {
        return seed;
    }

    List<String> checks() {
        return List.of(checks.split(" "));
    }
}
