package dev.kubechurn.reports.gate;

import java.io.Serial;

/** A comparison that cannot be made: the question is bad. The message is one line for people, with how to mend it. */
public final class GateException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public GateException(String message) {
        super(message);
    }
}
