package dev.kubechurn.reports.result;

import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A result that could not be written. The message is one line for people: where, what, and how to mend it. */
public final class OutputException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Whose fault it was. */
    public enum Reason {
        /** The path that was asked for cannot be a run directory: another one will do. */
        UNUSABLE_PATH,
        /** The path is fine, but writing failed: a full disk, for instance. */
        WRITE_FAILED
    }

    OutputException(Reason reason, Path path, String what, @Nullable Throwable cause) {
        super(path + ": " + what, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
