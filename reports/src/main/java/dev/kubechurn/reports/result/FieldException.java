package dev.kubechurn.reports.result;

import java.io.Serial;

/** A field of a result that is missing or wrong, named by its path, such as {@code metrics[3].unit}. */
final class FieldException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    FieldException(String path, String what) {
        this(path, what, "see docs/result-format.md, or create the file again");
    }

    FieldException(String path, String what, String mend) {
        super((path.isEmpty() ? "" : path + ": ") + what + "; " + mend);
    }
}
