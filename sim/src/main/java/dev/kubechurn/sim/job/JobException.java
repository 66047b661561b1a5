package dev.kubechurn.sim.job;

import java.io.Serial;

/** A Job that cannot be made as it was asked for. The message is for people: one line, what and why. */
public final class JobException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    public JobException(String message) {
        super(message.replaceAll("\\p{Cntrl}", "?"), null, false, false); // what was given is anybody's
    }
}
