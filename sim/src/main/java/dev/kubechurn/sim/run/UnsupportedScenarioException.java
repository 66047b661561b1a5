package dev.kubechurn.sim.run;

import java.io.Serial;

/** A scenario asks for what this version cannot do. The message is for people. */
public final class UnsupportedScenarioException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public UnsupportedScenarioException(String message) {
        super(message);
    }
}
