package dev.kubechurn.reports.result;

import static dev.kubechurn.reports.result.OutputException.Reason.UNUSABLE_PATH;
import static dev.kubechurn.reports.result.OutputException.Reason.WRITE_FAILED;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory that holds what one run wrote. Files of an older run are replaced.
 *
 * <p>A file appears whole or not at all. All are prepared before the first one appears, and {@value #RESULT} appears
 * last: where it is new, its siblings are too. A run that fails before it wrote anything leaves no directory behind: see
 * {@link #close}. One thread, and one process, at a time.
 */
public final class RunDirectory implements AutoCloseable {

    public static final String RESULT = "result.json";
    public static final String HISTOGRAMS = "histograms.hlog";
    public static final String SERIES = "series.csv";

    private final Path path;

    /** The directories that were not there, the deepest first. */
    private final List<Path> created;

    private RunDirectory(Path path, List<Path> created) {
        this.path = path;
        this.created = List.copyOf(created);
    }

    /**
     * Creates the directory, with its parents, unless it is there; worth doing before a long run starts.
     *
     * @throws OutputException if the path is a file, or cannot be created or written to
     */
    public static RunDirectory open(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new OutputException(UNUSABLE_PATH, path, "is a file; choose a directory", null);
        }
        List<Path> absent = absent(path);
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            removeEmpty(absent);
            throw new OutputException(
                    UNUSABLE_PATH, path, "cannot be created (" + why(e) + "); choose another directory", e);
        }
        if (!Files.isWritable(path)) {
            throw new OutputException(UNUSABLE_PATH, path, "is not writable; choose another directory", null);
        }
        return new RunDirectory(path, absent);
    }

    /** The path and its parents as far as they are not there, the deepest first. */
    private static List<Path> absent(Path path) {
        List<Path> absent = new ArrayList<>();
        for (Path at = path.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
            absent.add(at);
        }
        return absent;
    }

    /** Removes the directories that {@link #open} created, as far as they are still empty. */
    @Override
    public void close() {
        removeEmpty(created);
    }

    private static void removeEmpty(List<Path> deepestFirst) {
        for (Path directory : deepestFirst) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException notEmpty) {
                return; // something is in it, and so in its parents: it stays
            }
        }
    }

    public Path path() {
        return path;
    }

    public void write(RunResult result) {
        write(result, Map.of());
    }

    /**
     * Writes the result, its histograms and its series.
     *
     * @param texts further files by their names, such as the effective scenario
     * @throws OutputException if a file could not be written; none is left half-written
     */
    public void write(RunResult result, Map<String, String> texts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        texts.forEach((name, text) -> files.put(requirePlain(name), text.getBytes(StandardCharsets.UTF_8)));
        files.put(HISTOGRAMS, HistogramLog.write(result));
        files.put(SERIES, SeriesCsv.write(result).getBytes(StandardCharsets.UTF_8));
        files.put(RESULT, ResultJson.write(result).getBytes(StandardCharsets.UTF_8));
        replace(files);
    }

    /**
     * Writes what another directory holds of a run, byte for byte.
     *
     * @param texts further files, as for {@link #write(RunResult, Map)}; those that are not there are left out
     * @throws OutputException if a file could not be read or written; none is left half-written
     */
    public void copy(Path other, Set<String> texts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Stream.concat(texts.stream().map(RunDirectory::requirePlain), Stream.of(HISTOGRAMS, SERIES, RESULT))
                .forEach(name -> read(other.resolve(name)).ifPresent(bytes -> files.put(name, bytes)));
        replace(files);
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        } catch (IOException e) {
            throw new OutputException(WRITE_FAILED, file, "cannot be read (" + why(e) + ")", e);
        }
    }

    /**
     * Writes one more file, such as a rendered report.
     *
     * @throws OutputException if it could not be written
     */
    public void writeText(String name, String text) {
        replace(Map.of(requirePlain(name), text.getBytes(StandardCharsets.UTF_8)));
    }

    private void replace(Map<String, byte[]> files) {
        Map<Path, Path> prepared = new LinkedHashMap<>();
        Path current = path;
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                current = path.resolve(file.getKey());
                Path temporary = temporaryOf(file.getKey());
                prepared.put(temporary, current);
                Files.deleteIfExists(temporary);
                Files.write(temporary, file.getValue(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            for (Map.Entry<Path, Path> file : prepared.entrySet()) {
                current = file.getValue();
                Files.move(file.getKey(), current, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            OutputException failure = new OutputException(
                    WRITE_FAILED,
                    current,
                    "cannot be written (" + why(e) + "); free the path or disk space, and run again",
                    e);
            prepared.keySet().forEach(temporary -> discard(temporary, failure));
            throw failure;
        }
    }

    private Path temporaryOf(String name) {
        return path.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp");
    }

    private static void discard(Path temporary, OutputException failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static String requirePlain(String name) {
        Names.requireName("file name", name);
        if (name.equals(RESULT) || name.equals(HISTOGRAMS) || name.equals(SERIES)) {
            throw new IllegalArgumentException("file name \"" + name + "\" is reserved for the result");
        }
        return name;
    }

    private static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NoSuchFileException) {
            return "its directory does not exist";
        } else if (e instanceof FileAlreadyExistsException) {
            return "a file is in the way";
        } else if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
