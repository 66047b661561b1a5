package dev.kubechurn.sim.conform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds vector files and reads them: each is a JSON array of vectors. */
final class VectorFiles {

    private static final long MAX_BYTES = 16L << 20;
    private static final int MAX_DEPTH = 16;
    private static final String ENDING = ".json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private VectorFiles() {}

    /** All vectors of the files, and of the {@code *.json} files below the folders, in the order of their names. */
    static List<Vector> read(List<Path> filesOrFolders) throws VectorException {
        List<Vector> vectors = new ArrayList<>();
        for (Path path : filesOrFolders) {
            List<Path> files = files(path);
            if (files.isEmpty()) {
                throw new VectorException(path, "contains no " + ENDING + " files");
            }
            for (Path file : files) {
                vectors.addAll(vectors(file));
            }
        }
        return vectors;
    }

    private static List<Path> files(Path path) throws VectorException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> found = Files.walk(path, MAX_DEPTH)) {
            return found.filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new VectorException(path, "cannot be read (" + e.getMessage() + ")");
        }
    }

    private static List<Vector> vectors(Path file) throws VectorException {
        JsonNode array = tree(file);
        if (!array.isArray()) {
            throw new VectorException(file, "is not a JSON array of vectors");
        }
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode element : array) {
            String name = element.path("name").asString("");
            String rule = element.path("rule").asString("");
            if (name.isEmpty() || rule.isEmpty()) {
                throw new VectorException(file, "element " + vectors.size() + " has no name or no rule");
            }
            vectors.add(new Vector(file, name, rule, element));
        }
        return vectors;
    }

    private static JsonNode tree(Path file) throws VectorException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new VectorException(file, "is larger than " + MAX_BYTES + " bytes");
            }
            return JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new VectorException(file, "no such file");
        } catch (IOException e) {
            throw new VectorException(file, "cannot be read (" + e.getMessage() + ")");
        } catch (JacksonException e) {
            throw new VectorException(
                    file,
                    "is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        }
    }
}
