package dev.kubechurn.sim.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Directories that cannot be removed by their path, not even by root: it is longer than the operating system takes. They
 * are put there by moving a long path below another, and become removable when moved out again.
 */
public final class Unremovable {

    private static final String NAME = "x".repeat(200);
    private static final int HALF_OF_TOO_LONG = 3_000;

    private final Path lower;
    private final Path outside;

    private Unremovable(Path lower, Path outside) {
        this.lower = lower;
        this.outside = outside;
    }

    /** Puts them below a directory. */
    public static Unremovable below(Path directory) throws IOException {
        Path outside = Files.createTempDirectory("kubechurn-unremovable-");
        deep(outside);
        Path lower = deep(directory).resolve("lower");
        Files.move(outside.resolve(NAME), lower);
        return new Unremovable(lower, outside);
    }

    private static Path deep(Path directory) throws IOException {
        Path path = directory;
        while (path.toString().length() < HALF_OF_TOO_LONG) {
            path = path.resolve(NAME);
        }
        return Files.createDirectories(path);
    }

    /** They can be removed from now on; those that stood beside are. */
    public void makeRemovable() throws IOException {
        Files.move(lower, outside.resolve(NAME));
        try (Stream<Path> paths = Files.walk(outside)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
