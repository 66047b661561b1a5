package dev.kubechurn.sim.conform;

import java.io.Serial;
import java.nio.file.Path;

/** A vector file that cannot be used as it is; the message is one line for people: where and what. */
public final class VectorException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    VectorException(Path file, String what) {
        super(file + ": " + what);
    }
}
