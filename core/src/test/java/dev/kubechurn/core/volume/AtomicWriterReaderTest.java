package dev.kubechurn.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers never see a mixture of two versions (V11), nor an older one after a newer one. */
@DisabledOnOs(OS.WINDOWS)
class AtomicWriterReaderTest {

    private static final int FILES = 5;
    private static final int VERSIONS = 400;
    private static final long STUCK_SECONDS = 60;

    private final VolumeDirectory volume;

    AtomicWriterReaderTest(@TempDir Path temporary) {
        this.volume = new VolumeDirectory(temporary);
    }

    /** How a process reads several files that belong together. */
    private enum ReaderKind {
        /** Resolves {@code ..data} once and reads all files there; starts over if that version went away. */
        RESOLVES_ONCE {
            @Override
            @Nullable
            Integer read(VolumeDirectory volume) throws IOException {
                return onlyVersion(volume.path().resolve(volume.shownVersion()));
            }
        },
        /** Reads by the visible names, and believes it if {@code ..data} pointed to one version before and after. */
        LOOKS_BEFORE_AND_AFTER {
            @Override
            @Nullable
            Integer read(VolumeDirectory volume) throws IOException {
                String before = volume.shownVersion();
                List<Integer> versions = versions(volume.path());
                return volume.shownVersion().equals(before) ? only(versions) : null;
            }
        };

        /** The version that was seen; null: the reader noticed a switch and has to start over. */
        abstract @Nullable Integer read(VolumeDirectory volume) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(ReaderKind.class)
    void v11ReadersOnAnotherThreadSeeOneVersion(ReaderKind kind) throws Exception {
        AtomicWriter writer = volume.writer();
        writer.write(version(0));
        AtomicBoolean written = new AtomicBoolean();
        Semaphore reads = new Semaphore(0);
        FutureTask<Integer> reading = new FutureTask<>(() -> readUntil(kind, written, reads));
        Thread reader = new Thread(reading, "reader");
        reader.start();
        try {
            for (int version = 1; version <= VERSIONS; version++) {
                writer.write(version(version));
                // Each version is followed by a whole read at least, and the next is written during another.
                if (!reads.tryAcquire(STUCK_SECONDS, TimeUnit.SECONDS)) {
                    break;
                }
            }
        } finally {
            written.set(true);
        }
        assertThat(resultOf(reading)).as("the last version that was read").isEqualTo(VERSIONS);
        reader.join();
    }

    /** Reads as long as there are writes, and once after the last. */
    private Integer readUntil(ReaderKind kind, AtomicBoolean written, Semaphore reads) throws IOException {
        int newest = 0;
        try {
            boolean last;
            do {
                last = written.get();
                Integer seen = tryRead(kind);
                if (seen != null) {
                    assertThat(seen).as("not older than before").isGreaterThanOrEqualTo(newest);
                    newest = seen;
                    reads.release();
                }
            } while (!last);
        } finally {
            reads.release(VERSIONS);
        }
        return newest;
    }

    private @Nullable Integer tryRead(ReaderKind kind) throws IOException {
        try {
            return kind.read(volume);
        } catch (NoSuchFileException switchedMeanwhile) {
            return null;
        }
    }

    @Test
    void v11BetweenAnyTwoChangesAReaderSeesOneWholeVersion() throws IOException {
        List<Integer> seen = new ArrayList<>();
        AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(1), new CountingFiles() {
            @Override
            void before(String change) throws IOException {
                if (changes++ > 0 && Files.exists(volume.resolve("..data"))) {
                    seen.add(onlyVersion(volume.path().resolve(volume.shownVersion())));
                    seen.add(onlyVersion(volume.resolve("..data")));
                }
            }
        });
        for (int version = 0; version <= 3; version++) {
            writer.write(version(version));
        }
        // Each version is seen both after its own switch and during the write of the next one.
        assertThat(new TreeSet<>(seen)).containsExactly(0, 1, 2, 3);
        assertThat(seen).isSorted().hasSizeGreaterThan(4 * FILES);
    }

    private static VolumePayload version(int number) {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        for (int i = 0; i < FILES; i++) {
            files.put(name(i), Payloads.file(Integer.toString(number), 0644));
        }
        return new VolumePayload(files);
    }

    private static String name(int file) {
        return file % 2 == 0 ? "file" + file : "dir" + file + "/file";
    }

    private static int onlyVersion(Path root) throws IOException {
        return only(versions(root));
    }

    private static List<Integer> versions(Path root) throws IOException {
        List<Integer> versions = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            versions.add(Integer.valueOf(Files.readString(root.resolve(name(i)))));
        }
        return versions;
    }

    private static int only(List<Integer> versions) {
        assertThat(new TreeSet<>(versions)).as("versions in one read").hasSize(1);
        return versions.get(0);
    }

    private static int resultOf(FutureTask<Integer> reading) throws InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the reader failed", e.getCause());
        }
    }
}
