package dev.kubechurn.core.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Looks at the permissions of what a writer made. */
final class PosixModes {

    private PosixModes() {}

    /** As {@code ls} shows them, such as {@code rwxr-xr-x}. */
    static String of(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, NOFOLLOW_LINKS));
    }
}
