package dev.kubechurn.core.volume;

import java.io.IOException;
import java.nio.file.Path;

/** The changes that {@link AtomicWriter} makes to a file system. Blocks as files do. */
interface VolumeFiles {

    /**
     * Makes a directory of mode 0755 whatever the umask.
     *
     * @throws java.nio.file.FileAlreadyExistsException if something, a link too, stands there
     */
    void makeDirectory(Path directory) throws IOException;

    /** Makes a file with exactly its mode whatever the umask; fails if something, a link too, stands there. */
    void makeFile(Path file, VolumeFile content) throws IOException;

    /** Makes a symbolic link; fails if something stands there. */
    void makeLink(Path link, Path to) throws IOException;

    /** Puts a link in the place of another in one step, following neither. */
    void replaceLink(Path by, Path link) throws IOException;

    /** Removes a file, an empty directory or a link, not what it points to; nothing there is fine. */
    void remove(Path path) throws IOException;
}
