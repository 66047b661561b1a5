package dev.kubechurn.sim.conform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.exc.JsonNodeException;

/** Plays conformance vectors against core. Start reading here; each format has a {@link VectorRunner}. */
public final class Conformance {

    private static final List<VectorRunner> RUNNERS =
            List.of(new ScriptVectors(), new EnvironmentVectors(), new VolumeVectors(), new NameVectors());

    private Conformance() {}

    /**
     * Plays every vector of the files and folders.
     *
     * @throws VectorException if a file cannot be read, or holds a vector of no known format
     */
    public static Outcome run(List<Path> filesOrFolders) throws VectorException {
        int passed = 0;
        List<Outcome.Failed> failures = new ArrayList<>();
        for (Vector vector : VectorFiles.read(filesOrFolders)) {
            try {
                play(vector);
                passed++;
            } catch (Mismatch mismatch) {
                failures.add(mismatch.of(vector));
            }
        }
        return new Outcome(passed, failures);
    }

    private static void play(Vector vector) throws VectorException {
        try {
            runnerOf(vector).play(vector);
        } catch (JsonNodeException e) {
            throw new VectorException(vector, "has a value of the wrong type: " + e.getOriginalMessage());
        }
    }

    private static VectorRunner runnerOf(Vector vector) throws VectorException {
        for (VectorRunner runner : RUNNERS) {
            if (runner.takes(vector)) {
                return runner;
            }
        }
        throw new VectorException(vector, "has an unknown format");
    }
}
