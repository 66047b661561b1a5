package dev.kubechurn.reports.result;

import java.io.Serial;

/** A result that cannot be read. The message is one line for people: the file, where in it, what, and how to mend it. */
public final class ResultFormatException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    ResultFormatException(String message) {
        super(message);
    }

    ResultFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
