package dev.kubechurn.core.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a volume's {@code ..data} points to now.
 *
 * @param directory a real directory right in the volume's, with a name as a writer gives it
 */
record PublishedVersion(Path directory) {

    /**
     * Finds it; null if the volume was never written or what {@code ..data} points to is gone.
     *
     * @throws VolumeWriteException if {@code ..data} is not as a writer leaves it. It is not followed then: what it
     *     points to is removed after the next write, and that must never be somebody else's.
     */
    static @Nullable PublishedVersion in(Path target) throws IOException {
        Path link = target.resolve(VersionName.DATA);
        Path to;
        try {
            to = Files.readSymbolicLink(link);
        } catch (NoSuchFileException e) {
            return null;
        } catch (NotLinkException e) {
            throw new VolumeWriteException(
                    VolumePath.quoted(link.toString()) + " is not a symbolic link: remove it (no writer created it)",
                    e);
        }
        Path directory = target.resolve(to);
        boolean named = to.getNameCount() == 1 && !to.isAbsolute() && VersionName.isVersion(to.toString());
        boolean there = Files.exists(directory, NOFOLLOW_LINKS);
        if (!named || (there && !Files.isDirectory(directory, NOFOLLOW_LINKS))) {
            throw new VolumeWriteException(VolumePath.quoted(link.toString()) + " points to "
                    + VolumePath.quoted(to.toString()) + ", which is not a directory of this volume: remove the link");
        }
        return there ? new PublishedVersion(directory) : null;
    }

    /** Whether it has exactly the payload's paths and bytes; modes do not count (V14). */
    boolean holds(VolumePayload payload) throws IOException {
        PayloadComparison comparison = new PayloadComparison(directory, payload);
        Files.walkFileTree(directory, comparison);
        return comparison.same();
    }
}
