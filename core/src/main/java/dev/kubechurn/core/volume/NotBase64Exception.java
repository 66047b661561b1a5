package dev.kubechurn.core.volume;

import java.io.Serial;

/** A value that should be base64 is not; the text names its key only. */
final class NotBase64Exception extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    NotBase64Exception(String key) {
        super("the value of key " + VolumePath.quoted(key) + " is not base64");
    }
}
