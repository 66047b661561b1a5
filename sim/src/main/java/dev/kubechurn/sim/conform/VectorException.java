package dev.kubechurn.sim.conform;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import java.io.Serial;
import java.nio.file.Path;

/** A vector file that cannot be used as it is; the message is one line for people: where and what. */
public final class VectorException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    VectorException(Path file, String what) {
        super(file + ": " + what);
    }

    /** A vector that asks for what cannot be. */
    VectorException(Vector vector, String what) {
        this(vector.file(), "\"" + vector.name() + "\" " + what);
    }

    /** A vector with an object or a change that no API server takes; the refusal says why. */
    static VectorException refused(Vector vector, String where, ApiStatusException refusal) {
        return new VectorException(vector, where + ": an API server would refuse it: " + refusal.getMessage());
    }
}
