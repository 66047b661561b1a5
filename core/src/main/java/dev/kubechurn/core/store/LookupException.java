package dev.kubechurn.core.store;

import java.io.Serial;

/** A failed read of an object, for callers of the blocking form. */
public final class LookupException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient LookupError error;

    public LookupException(LookupError error) {
        super(error.message());
        this.error = error;
    }

    public LookupError error() {
        return error;
    }
}
