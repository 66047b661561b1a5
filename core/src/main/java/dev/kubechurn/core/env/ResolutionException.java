package dev.kubechurn.core.env;

import java.io.Serial;

/** Ends a resolution with an error; never leaves the package. */
final class ResolutionException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient EnvironmentError error;

    ResolutionException(EnvironmentError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    EnvironmentError error() {
        return error;
    }
}
