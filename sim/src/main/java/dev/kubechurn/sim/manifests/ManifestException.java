package dev.kubechurn.sim.manifests;

/** Manifests that cannot be used as they are; the message is ready to print: one line, where and why, no values. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    ManifestException(String message) {
        super(message.replaceAll("\\p{Cntrl}", "?"), null, false, false); // names are anybody's
    }
}
