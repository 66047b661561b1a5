package dev.kubechurn.sim.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The search for manifests in folders: sorted, bounded in depth and number, hidden entries left out. One use. */
final class ManifestFiles {

    private static final int MAX_FILES = 10_000;
    private static final int MAX_DEPTH = 16;

    private final List<Path> found = new ArrayList<>();

    List<Path> find(List<Path> filesOrFolders) throws ManifestException {
        for (Path path : filesOrFolders) {
            int before = found.size();
            if (Files.isDirectory(path)) {
                folder(path, path, 1);
                if (found.size() == before) {
                    throw new ManifestException(path + ": contains no *.yaml, *.yml or *.json file");
                }
            } else {
                found.add(path);
            }
        }
        return found;
    }

    private void folder(Path folder, Path top, int depth) throws ManifestException {
        if (depth > MAX_DEPTH) {
            throw new ManifestException(top + ": has directories nested deeper than " + MAX_DEPTH + " levels");
        }
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry)) {
                folder(entry, top, depth + 1);
            } else if (isManifest(entry)) {
                found.add(entry);
            }
            if (found.size() > MAX_FILES) {
                throw new ManifestException(top + ": has more than " + MAX_FILES + " manifests");
            }
        }
    }

    private static List<Path> entries(Path folder) throws ManifestException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList();
        } catch (IOException e) {
            throw new ManifestException(folder + ": cannot list the directory");
        }
    }

    private static boolean isManifest(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
