package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.volume.AtomicWriter;
import dev.kubechurn.core.volume.VolumePayload;
import dev.kubechurn.core.volume.VolumeWriteException;
import dev.kubechurn.sim.metrics.RunRecorders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Volumes as files below one temporary directory that only this user can look into, written by core's atomic writer
 * and removed with their pods. The work is done on the executor, which must do one thing after the other, and drops what
 * comes after its own end.
 */
public final class WrittenVolumes implements Volumes {

    private final Path root;
    private final Executor executor;
    private final InstantSource clock;
    private final SplittableRandom suffixes;
    private final RunRecorders recorders;
    private final Consumer<Throwable> failures;
    private volatile boolean stopped;

    /**
     * Makes the directory.
     *
     * @param failures told of what the file system refused: the run is worth nothing from then on
     * @throws UncheckedIOException if no temporary directory can be made
     */
    public WrittenVolumes(
            Executor executor,
            InstantSource clock,
            SplittableRandom suffixes,
            RunRecorders recorders,
            Consumer<Throwable> failures) {
        try {
            this.root = Files.createTempDirectory("kubechurn-volumes-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.executor = executor;
        this.clock = clock;
        this.suffixes = suffixes;
        this.recorders = recorders;
        this.failures = failures;
    }

    /** Where the pods' directories are. */
    public Path root() {
        return root;
    }

    @Override
    public void publish(String pod, String volume, VolumePayload payload, Publication publication) {
        submit(() -> {
            Path directory = Files.createDirectories(root.resolve(pod).resolve(volume));
            try {
                if (new AtomicWriter(directory, clock, suffixes::nextInt).write(payload)) {
                    recorders.volumeWritten();
                }
            } catch (VolumeWriteException e) {
                if (e.getCause() != null) {
                    throw e; // the file system's fault, not the payload's
                }
                publication.refused();
                return;
            }
            publication.published();
        });
    }

    @Override
    public void remove(String pod) {
        submit(() -> removeTree(root.resolve(pod)));
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** @throws UncheckedIOException if something is left, saying where: it may hold Secrets */
    @Override
    public void close() {
        stop();
        try {
            removeTree(root);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot delete the volumes in " + root + ": delete the directory yourself", e);
        }
    }

    private void submit(FileWork work) {
        if (stopped) {
            return;
        }
        executor.execute(() -> {
            try {
                if (!stopped) {
                    work.run();
                }
            } catch (IOException | RuntimeException e) {
                failures.accept(e);
            }
        });
    }

    /** Removes all that can be removed, though something cannot: it may hold Secrets. The first failure is thrown. */
    private static void removeTree(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        Removal removal = new Removal();
        Files.walkFileTree(top, removal);
        if (removal.failure != null) {
            throw removal.failure;
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        private @Nullable IOException failure;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return remove(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return failed(e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return e != null ? failed(e) : remove(directory);
        }

        private FileVisitResult remove(Path path) {
            try {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            } catch (IOException e) {
                return failed(e);
            }
        }

        private FileVisitResult failed(IOException e) {
            failure = failure == null ? e : failure;
            return FileVisitResult.CONTINUE;
        }
    }

    /** Something done to files. */
    private interface FileWork {
        void run() throws IOException;
    }
}
