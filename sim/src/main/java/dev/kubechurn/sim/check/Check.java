package dev.kubechurn.sim.check;

/** An invariant of a run. */
public enum Check {
    NO_LEAK("no-leak", "exactly the watches that running entries need are open, and none after the last pod"),
    CONVERGENCE("convergence", "when no request or event is in flight, every running entry has the server's version"),
    MONOTONIC("monotonic", "a read never returns an older version than an earlier read"),
    FRESH(
            "fresh",
            "the first read of an object is at least as new as the server's state when the object was registered"),
    REFERENCES("references", "every reference count equals the number of pods that reference the object"),
    TRUTH(
            "truth",
            "reads notice deletions, immutable objects never change once read, and an environment uses one version per object");

    private final String title;
    private final String meaning;

    Check(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }
}
