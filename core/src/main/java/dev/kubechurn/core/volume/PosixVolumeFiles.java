package dev.kubechurn.core.volume;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Real files, on a file system with POSIX modes and symbolic links. */
final class PosixVolumeFiles implements VolumeFiles {

    private static final int DIRECTORY_MODE = 0755;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    @Override
    public void makeDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
        Files.setPosixFilePermissions(directory, permissions(DIRECTORY_MODE));
    }

    /** Nobody else can read the file until its mode is set. */
    @Override
    public void makeFile(Path file, VolumeFile content) throws IOException {
        ByteBuffer bytes = content.content();
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        Files.setPosixFilePermissions(file, permissions(content.mode()));
    }

    @Override
    public void makeLink(Path link, Path to) throws IOException {
        Files.createSymbolicLink(link, to);
    }

    @Override
    public void replaceLink(Path by, Path link) throws IOException {
        Files.move(by, link, ATOMIC_MOVE);
    }

    @Override
    public void remove(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /** The enum's order is that of the bits, from the owner's read bit down. */
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
