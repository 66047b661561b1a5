package dev.kubechurn.sim.run;

import java.io.Serial;

/** The environment of a run failed, not the run: a port in use, a server that is gone. The message is for people. */
public final class EnvironmentException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
