package dev.kubechurn.sim.check;

/** An invariant of a run. */
public enum Check {
    NO_LEAK("no-leak", "open watches are exactly those that running entries need, and none after the last pod"),
    CONVERGENCE("convergence", "when nothing is under way, every running entry has the server's version"),
    MONOTONIC("monotonic", "a read never returns an older version than a read before it"),
    FRESH("fresh", "the first read of an object is not older than the server was when it was registered"),
    REFERENCES("references", "every count of references equals the number of pods that name the object"),
    TRUTH(
            "truth",
            "a deletion shows, a read immutable object never changes, and an environment is of one version of each object");

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
