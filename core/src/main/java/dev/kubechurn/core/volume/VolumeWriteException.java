package dev.kubechurn.core.volume;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A volume could not be written, or not wholly; the text says which files stand. Never holds a file's content. */
public final class VolumeWriteException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    VolumeWriteException(String message) {
        this(message, null);
    }

    VolumeWriteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
