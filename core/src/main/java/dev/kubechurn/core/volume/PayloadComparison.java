package dev.kubechurn.core.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * A walk through a written version that stops at the first difference from a payload. Follows no links, and reads no
 * file that has another size than expected. For one walk.
 */
final class PayloadComparison extends SimpleFileVisitor<Path> {

    private final Path root;
    private final VolumePayload payload;
    private final Set<String> directories = new HashSet<>();
    private int equalFiles;
    private boolean different;

    PayloadComparison(Path root, VolumePayload payload) {
        this.root = root;
        this.payload = payload;
        for (String path : payload.files().keySet()) {
            directories.addAll(VolumePath.parents(path));
        }
    }

    /** Whether nothing is missing, left over or different. */
    boolean same() {
        return !different && equalFiles == payload.files().size();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        boolean expected = directory.equals(root) || directories.contains(pathOf(directory));
        return expected ? FileVisitResult.CONTINUE : differs();
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
        VolumeFile file = payload.files().get(pathOf(path));
        if (file == null || !attributes.isRegularFile() || attributes.size() != file.size() || !holds(path, file)) {
            return differs();
        }
        equalFiles++;
        return FileVisitResult.CONTINUE;
    }

    /** What cannot be looked at is written anew. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
        if (e instanceof AccessDeniedException || e instanceof NoSuchFileException) {
            return differs();
        }
        throw e;
    }

    private static boolean holds(Path path, VolumeFile file) throws IOException {
        try (InputStream in = Files.newInputStream(path, NOFOLLOW_LINKS)) {
            return file.holds(in.readNBytes(file.size() + 1));
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    private FileVisitResult differs() {
        different = true;
        return FileVisitResult.TERMINATE;
    }

    private String pathOf(Path path) {
        return root.relativize(path).toString();
    }
}
