package dev.kubechurn.sim.yaml;

/** A text that is not the YAML it should be; the message says where and why, and holds no value out of the file. */
public final class YamlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Origin origin;
    private final String problem;

    public YamlException(Origin origin, String problem) {
        super(origin + ": " + problem);
        this.origin = origin;
        this.problem = problem;
    }

    public Origin origin() {
        return origin;
    }

    /** The message without the place. */
    public String problem() {
        return problem;
    }
}
