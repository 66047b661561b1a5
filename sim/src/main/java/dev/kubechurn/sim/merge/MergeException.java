package dev.kubechurn.sim.merge;

import java.io.Serial;

/** What was given cannot be put together. The message is for people. */
public final class MergeException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    MergeException(String message) {
        super(message);
    }
}
