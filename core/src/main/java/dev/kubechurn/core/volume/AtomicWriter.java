package dev.kubechurn.core.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of a volume into a directory so that a reader sees all old files or all new ones (V10 to V15).
 *
 * <p>The files lie in a directory {@code ..<UTC time>.<random>}; {@code ..data} links to it and is switched in one step;
 * for the first element of each path a link {@code <first> -> ..data/<first>} stands in the volume's directory. A reader
 * that wants several files of one version reads where {@code ..data} points once, and then all files there; if one is
 * missing, that version has been replaced and removed meanwhile, and the reader starts over.
 *
 * <p>This is blocking file work by nature: it belongs on a thread of the caller's own, never on one that fires timers or
 * delivers API answers. One writer at a time for one directory; not safe for several threads. Needs a file system with
 * POSIX modes and symbolic links. Ownership (fsGroup) is not set.
 *
 * <p>No link is followed: files are only ever made in a directory that is new, and removed from one that is named as a
 * writer names it.
 */
public final class AtomicWriter {

    private static final int MAX_NAMES_TRIED = 100;

    private final Path target;
    private final InstantSource clock;
    private final IntSupplier suffixes;
    private final VolumeFiles files;

    /**
     * @param target the volume's directory, which must exist
     * @param clock gives the time in the names of directories
     * @param suffixes gives what makes those names unique; random numbers, any int
     * @throws VolumeWriteException if there is no such directory or its file system cannot do what is needed
     */
    public AtomicWriter(Path target, InstantSource clock, IntSupplier suffixes) throws VolumeWriteException {
        this(target, clock, suffixes, new PosixVolumeFiles());
    }

    AtomicWriter(Path target, InstantSource clock, IntSupplier suffixes, VolumeFiles files)
            throws VolumeWriteException {
        this.target = realDirectory(target);
        this.clock = clock;
        this.suffixes = suffixes;
        this.files = files;
    }

    private static Path realDirectory(Path target) throws VolumeWriteException {
        String quoted = VolumePath.quoted(target.toString());
        try {
            Path real = target.toRealPath();
            if (Files.isDirectory(real)
                    && Files.getFileStore(real).supportsFileAttributeView(PosixFileAttributeView.class)) {
                return real;
            }
        } catch (IOException e) {
            throw new VolumeWriteException("volume directory " + quoted + " is not accessible: create it first", e);
        }
        throw new VolumeWriteException(
                "volume directory " + quoted + " must be a directory on a file system with POSIX file modes");
    }

    /**
     * Has the directory show exactly the payload.
     *
     * @return whether files were written; false when paths and bytes are those that stood there, whatever their modes
     *     (V14). In either case missing links are made, links to files that are gone and what an interrupted write left
     *     are removed.
     * @throws VolumeWriteException if the payload cannot stand in a directory or the file system refuses something. Before
     *     the switch the old files stand and nothing new is left; after it the new ones do, and writing again completes
     *     what was not done.
     */
    public boolean write(VolumePayload payload) throws VolumeWriteException {
        requireWritable(payload);
        boolean changed;
        Path shown;
        try {
            PublishedVersion old = PublishedVersion.in(target);
            if (old != null && old.holds(payload)) {
                changed = false;
                shown = old.directory();
            } else {
                changed = true;
                shown = publish(payload);
            }
        } catch (IOException e) {
            throw failure("nothing was changed", e);
        }
        IOException undone = settle(payload, shown);
        if (undone != null) {
            throw failure("the files are up to date, but links or old files are not: write again", undone);
        }
        return changed;
    }

    /** Refuses, before anything is touched, what could not stand in a directory. */
    private void requireWritable(VolumePayload payload) throws VolumeWriteException {
        for (String path : payload.files().keySet()) {
            if (VersionName.isReserved(VolumePath.firstElement(path))) {
                throw refusal(path, "starts with a name that is reserved for the volume: choose another");
            }
            for (String parent : VolumePath.parents(path)) {
                if (payload.files().containsKey(parent)) {
                    throw refusal(path, "needs a directory where " + VolumePath.quoted(parent) + " is a file");
                }
            }
            if (!isFileName(path)) {
                throw refusal(path, "is not a valid file name here: use other characters, or a UTF-8 locale (LC_ALL)");
            }
        }
    }

    private boolean isFileName(String path) {
        try {
            return target.resolve(path).startsWith(target);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Writes a new version and switches to it; gives its directory. */
    private Path publish(VolumePayload payload) throws IOException {
        Path version = makeVersion();
        try {
            writeFiles(version, payload);
            Path next = target.resolve(VersionName.NEXT_DATA);
            files.remove(next);
            files.makeLink(next, version.getFileName());
            files.replaceLink(next, target.resolve(VersionName.DATA));
            return version;
        } catch (IOException | RuntimeException | Error e) {
            discard(version, e);
            throw e;
        }
    }

    private Path makeVersion() throws IOException {
        for (int i = 0; i < MAX_NAMES_TRIED; i++) {
            Path version = target.resolve(VersionName.of(clock.instant(), suffixes.getAsInt()));
            try {
                files.makeDirectory(version);
                return version;
            } catch (FileAlreadyExistsException taken) {
                // Another number may be free.
            } catch (IOException e) {
                discard(version, e);
                throw e;
            }
        }
        throw new VolumeWriteException(
                "tried " + MAX_NAMES_TRIED + " names for a new directory, all taken: remove old directories");
    }

    private void writeFiles(Path version, VolumePayload payload) throws IOException {
        Set<String> made = new HashSet<>();
        for (var entry : payload.files().entrySet()) {
            String path = entry.getKey();
            for (String parent : VolumePath.parents(path)) {
                if (made.add(parent)) {
                    files.makeDirectory(version.resolve(parent));
                }
            }
            files.makeFile(version.resolve(path), entry.getValue());
        }
    }

    /** Removes what was made for a switch that did not come; what fails here is told with the first failure. */
    private void discard(Path version, Throwable failure) {
        FailureKeeper kept = new FailureKeeper();
        kept.attempt(() -> files.remove(target.resolve(VersionName.NEXT_DATA)));
        kept.attempt(() -> removeTree(version));
        if (kept.first() != null) {
            failure.addSuppressed(kept.first());
        }
    }

    /** Brings links and directories in line with what {@code ..data} shows now; does as much as can be done (V12, V13). */
    private @Nullable IOException settle(VolumePayload payload, Path shown) {
        Set<String> names = new TreeSet<>();
        payload.files().keySet().forEach(path -> names.add(VolumePath.firstElement(path)));
        FailureKeeper kept = new FailureKeeper();
        for (String name : names) {
            kept.attempt(() -> linkUnlessThere(name));
        }
        kept.attempt(() -> removeEntries(entry -> isStaleLink(entry, names), kept));
        kept.attempt(() -> removeEntries(entry -> isLeftOver(entry, shown), kept));
        return kept.first();
    }

    /** Leaves a link that is there, wherever it points; anything else in its place would hide the payload's files. */
    private void linkUnlessThere(String name) throws IOException {
        Path link = target.resolve(name);
        if (!Files.isSymbolicLink(link)) {
            files.makeLink(link, dataPath(name));
        }
    }

    private void removeEntries(Choice choice, FailureKeeper kept) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            for (Path entry : entries) {
                if (choice.takes(entry)) {
                    kept.attempt(() -> removeTree(entry));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A link is the writer's own if it points to {@code ..data/<its name>}; whatever else stands there is left alone. */
    private boolean isStaleLink(Path entry, Set<String> names) throws IOException {
        String name = entry.getFileName().toString();
        return !names.contains(name)
                && Files.isSymbolicLink(entry)
                && Files.readSymbolicLink(entry).equals(dataPath(name));
    }

    /** The version before, and what a writer left that was interrupted: the names are its own, links by them are not. */
    private static boolean isLeftOver(Path entry, Path shown) {
        String name = entry.getFileName().toString();
        return VersionName.isVersion(name)
                ? !entry.equals(shown) && Files.isDirectory(entry, NOFOLLOW_LINKS)
                : name.equals(VersionName.NEXT_DATA) && Files.isSymbolicLink(entry);
    }

    private Path dataPath(String name) {
        return target.getFileSystem().getPath(VersionName.DATA, name);
    }

    private void removeTree(Path root) throws IOException {
        if (!Files.exists(root, NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                files.remove(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                files.remove(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Picks entries of the volume's directory. */
    @FunctionalInterface
    private interface Choice {
        boolean takes(Path entry) throws IOException;
    }

    private VolumeWriteException refusal(String path, String problem) {
        return new VolumeWriteException(
                "volume " + VolumePath.quoted(target.toString()) + ": path " + VolumePath.quoted(path) + " " + problem);
    }

    private VolumeWriteException failure(String state, IOException cause) {
        String reason = cause instanceof VolumeWriteException
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new VolumeWriteException(
                "volume " + VolumePath.quoted(target.toString()) + ": " + state + ": " + reason, cause);
    }
}
