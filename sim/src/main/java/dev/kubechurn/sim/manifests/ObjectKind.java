package dev.kubechurn.sim.manifests;

/** The two kinds of objects that pods refer to. */
public enum ObjectKind {
    CONFIG_MAP("ConfigMap"),
    SECRET("Secret");

    private final String kind;

    ObjectKind(String kind) {
        this.kind = kind;
    }

    /** As a manifest's {@code kind} says it. */
    public String kind() {
        return kind;
    }
}
