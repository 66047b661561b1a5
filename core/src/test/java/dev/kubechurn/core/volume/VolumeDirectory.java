package dev.kubechurn.core.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** A volume's directory as a test sees it: what stands in it, and writers whose version names are known. */
final class VolumeDirectory {

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T08:05:09.7Z"));
    static final String VERSION = "..2026_11_24_08_05_09.";

    private final Path path;

    VolumeDirectory(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** A writer whose first version is number 1; all in one second. */
    AtomicWriter writer() throws VolumeWriteException {
        return writer(numbersFrom(1), new PosixVolumeFiles());
    }

    AtomicWriter writer(IntSupplier suffixes, VolumeFiles files) throws VolumeWriteException {
        return new AtomicWriter(path, CLOCK, suffixes, files);
    }

    static IntSupplier numbersFrom(int first) {
        int[] next = {first};
        return () -> next[0]++;
    }

    /** The names that stand in the directory itself, sorted. */
    SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (Stream<Path> entries = Files.list(path)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }

    /** What {@code ..data} points to. */
    String shownVersion() throws IOException {
        return Files.readSymbolicLink(resolve("..data")).toString();
    }

    /** Every file that a user of the volume finds by its visible names, with its text. */
    SortedMap<String, String> visibleFiles() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (String name : names()) {
            if (!name.startsWith("..")) {
                addFiles(resolve(name), files);
            }
        }
        return files;
    }

    private void addFiles(Path start, SortedMap<String, String> files) throws IOException {
        try (Stream<Path> tree = Files.walk(start, FileVisitOption.FOLLOW_LINKS)) {
            for (Path each : (Iterable<Path>) tree::iterator) {
                if (Files.isRegularFile(each)) {
                    files.put(path.relativize(each).toString(), Files.readString(each, UTF_8));
                }
            }
        }
    }
}
