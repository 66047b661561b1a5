package dev.kubechurn.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes that fail or are interrupted at any of their changes (V15): the volume shows all old files or all new ones, and
 * the next write puts everything right. Failures are structural or injected, since root may write everywhere.
 */
@DisabledOnOs(OS.WINDOWS)
class AtomicWriterFailureTest {

    private static final String FIRST = VolumeDirectory.VERSION + "1";
    private static final VolumePayload OLD = Payloads.of("a", "old", "d/b", "old", "gone", "old");
    private static final VolumePayload NEW = Payloads.of("a", "new", "d/b", "new", "d/c", "new", "fresh", "new");
    private static final Map<String, String> OLD_FILES = Map.of("a", "old", "d/b", "old", "gone", "old");
    private static final Map<String, String> NEW_FILES = Map.of("a", "new", "d/b", "new", "d/c", "new", "fresh", "new");

    private final Path temporary;

    AtomicWriterFailureTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void v15AnyChangeMayFail() throws IOException {
        int changes = changesOfAWrite();
        for (int failing = 1; failing <= changes; failing++) {
            VolumeDirectory volume = volumeShowingOld("fail" + failing);
            BreakingFiles files = new BreakingFiles(failing, new FileSystemException("disk", null, "full"));
            AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(2), files);

            VolumeWriteException failure = catchThrowableOfType(VolumeWriteException.class, () -> writer.write(NEW));

            String what = "change " + failing + " of " + changes + ", " + files.broken;
            assertThat(failure).as(what).isNotNull().hasRootCauseMessage("disk: full");
            if (files.switched) {
                assertThat(failure)
                        .as(what)
                        .hasMessageContaining("the files are up to date, but links or old files are not");
                assertThat(volume.shownVersion()).as(what).isNotEqualTo(FIRST);
                assertThat(volume.visibleFiles())
                        .as(what)
                        .containsEntry("a", "new")
                        .containsEntry("d/c", "new");
            } else {
                assertThat(failure).as(what).hasMessageContaining("nothing was changed");
                assertThat(volume.visibleFiles()).as(what).isEqualTo(OLD_FILES);
                assertThat(volume.names()).as(what).containsExactly(FIRST, "..data", "a", "d", "gone");
            }
            requireHealed(volume, what);
        }
    }

    @Test
    void v15TheProcessMayEndAtAnyChange() throws IOException {
        int changes = changesOfAWrite();
        for (int last = 1; last <= changes; last++) {
            VolumeDirectory volume = volumeShowingOld("crash" + last);
            BreakingFiles files = new BreakingFiles(last, null);
            AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(2), files);

            assertThatThrownBy(() -> writer.write(NEW)).isInstanceOf(EndOfProcess.class);

            String what = "ended before change " + last + " of " + changes + ", " + files.broken;
            Path shown = volume.resolve("..data");
            assertThat(shown.resolve("a")).as(what).hasContent(files.switched ? "new" : "old");
            assertThat(shown.resolve("d/b")).as(what).hasContent(files.switched ? "new" : "old");
            requireHealed(volume, what);
        }
    }

    @Test
    void leftoversGoEvenIfTheNextWriteHasNothingToWrite() throws IOException {
        int changes = changesOfAWrite();
        for (int last = 1; last <= changes; last++) {
            VolumeDirectory volume = volumeShowingOld("idle" + last);
            AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(2), new BreakingFiles(last, null));
            assertThatThrownBy(() -> writer.write(NEW)).isInstanceOf(EndOfProcess.class);

            boolean switched = !volume.shownVersion().equals(FIRST);
            assertThat(volume.writer().write(switched ? NEW : OLD))
                    .as("" + last)
                    .isFalse();
            if (switched) {
                assertThat(volume.names()).containsExactly(volume.shownVersion(), "..data", "a", "d", "fresh");
            } else {
                assertThat(volume.names()).containsExactly(FIRST, "..data", "a", "d", "gone");
            }
        }
    }

    @Test
    void aDirectoryThatWasMadeButNotAsItShouldBeGoesAgain() throws IOException {
        VolumeDirectory volume = volumeShowingOld("half");
        AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(2), new CountingFiles() {
            @Override
            public void makeDirectory(Path directory) throws IOException {
                super.makeDirectory(directory);
                throw new FileSystemException("no such mode");
            }
        });
        assertThatThrownBy(() -> writer.write(NEW)).hasMessageContaining("nothing was changed");
        assertThat(volume.names()).containsExactly(FIRST, "..data", "a", "d", "gone");
    }

    @Test
    void v14WritesAnewWhatCannotBeLookedAtAndTellsOtherTrouble() throws IOException {
        for (IOException e : List.of(new AccessDeniedException("f"), new NoSuchFileException("f"))) {
            PayloadComparison comparison = new PayloadComparison(temporary, VolumePayload.empty());
            assertThat(comparison.visitFileFailed(temporary.resolve("f"), e)).isEqualTo(FileVisitResult.TERMINATE);
            assertThat(comparison.same()).isFalse();
        }
        PayloadComparison comparison = new PayloadComparison(temporary, VolumePayload.empty());
        IOException broken = new FileSystemException("f", null, "Input/output error");
        assertThatThrownBy(() -> comparison.visitFileFailed(temporary.resolve("f"), broken))
                .isSameAs(broken);
    }

    @Test
    void doesAllItCanAfterTheSwitchAndTellsEachFailure() throws IOException {
        VolumeDirectory volume = volumeShowingOld("several");
        AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(2), new CountingFiles() {
            private boolean linkMet;

            @Override
            void before(String change) throws IOException {
                // The link first; later the old file of that name.
                boolean link = change.equals("remove gone") && !linkMet;
                linkMet |= link;
                if (link || change.equals("makeLink fresh")) {
                    throw new FileSystemException(change);
                }
            }
        });
        assertThatThrownBy(() -> writer.write(NEW))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("write again")
                .satisfies(failure -> assertThat(failure.getCause())
                        .hasMessage("makeLink fresh")
                        .satisfies(first -> assertThat(first.getSuppressed())
                                .singleElement()
                                .satisfies(second -> assertThat(second).hasMessage("remove gone"))));
        assertThat(volume.names())
                .as("the old version went all the same")
                .containsExactly(VolumeDirectory.VERSION + "2", "..data", "a", "d", "gone");
    }

    @Test
    void tellsWhatCouldNotBeCleanedUpWithTheFirstFailure() throws IOException {
        VolumeDirectory volume = volumeShowingOld("both");
        AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(2), new CountingFiles() {
            @Override
            void before(String change) throws IOException {
                if (change.startsWith("replaceLink") || change.equals("remove a")) {
                    throw new FileSystemException(change);
                }
            }
        });
        assertThatThrownBy(() -> writer.write(NEW))
                .hasMessageEndingWith("nothing was changed: FileSystemException: replaceLink ..data")
                .cause()
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessage("remove a")));
        assertThat(volume.visibleFiles()).isEqualTo(OLD_FILES);
        requireHealed(volume, "both");
    }

    @Test
    void aFileInThePlaceOfALinkIsToldAndTheRestIsDone() throws IOException {
        VolumeDirectory volume = new VolumeDirectory(Files.createDirectory(temporary.resolve("occupied")));
        Files.writeString(volume.resolve("a"), "not ours");
        AtomicWriter writer = volume.writer();
        assertThatThrownBy(() -> writer.write(Payloads.of("a", "1", "b", "1")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("the files are up to date, but links or old files are not: write again")
                .hasMessageContaining("FileAlreadyExistsException");
        assertThat(volume.visibleFiles()).isEqualTo(Map.of("a", "not ours", "b", "1"));
        Files.delete(volume.resolve("a"));
        assertThat(writer.write(Payloads.of("a", "1", "b", "1"))).isFalse();
        assertThat(volume.visibleFiles()).isEqualTo(Map.of("a", "1", "b", "1"));
    }

    @Test
    void aDirectoryInThePlaceOfTheNextLinkLeavesTheOldFiles() throws IOException {
        VolumeDirectory volume = volumeShowingOld("blocked");
        Files.createDirectories(volume.resolve("..data_tmp/full"));
        AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(2), new PosixVolumeFiles());
        assertThatThrownBy(() -> writer.write(NEW))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("nothing was changed: DirectoryNotEmptyException");
        assertThat(volume.visibleFiles()).isEqualTo(OLD_FILES);
        assertThat(volume.names()).containsExactly(FIRST, "..data", "..data_tmp", "a", "d", "gone");
    }

    @Test
    void aVolumeThatWentAwayIsToldAndNotMadeAgain() throws IOException {
        VolumeDirectory volume = new VolumeDirectory(Files.createDirectory(temporary.resolve("going")));
        AtomicWriter writer = volume.writer();
        Files.delete(volume.path());
        assertThatThrownBy(() -> writer.write(Payloads.of("a", "1")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("nothing was changed: NoSuchFileException");
        Files.writeString(volume.path(), "a file in the place of the directory");
        assertThatThrownBy(() -> writer.write(Payloads.of("a", "1")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(volume.path()).hasContent("a file in the place of the directory");
    }

    @Test
    void aNameThatTheFileSystemRefusesLeavesNothingNew() throws IOException {
        VolumeDirectory volume = volumeShowingOld("long");
        AtomicWriter writer = volume.writer(VolumeDirectory.numbersFrom(2), new PosixVolumeFiles());
        assertThatThrownBy(() -> writer.write(Payloads.of("a", "new", "n".repeat(300), "x")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(volume.visibleFiles()).isEqualTo(OLD_FILES);
        assertThat(volume.names()).containsExactly(FIRST, "..data", "a", "d", "gone");
    }

    private VolumeDirectory volumeShowingOld(String name) throws IOException {
        VolumeDirectory volume = new VolumeDirectory(Files.createDirectory(temporary.resolve(name)));
        volume.writer().write(OLD);
        return volume;
    }

    private int changesOfAWrite() throws IOException {
        VolumeDirectory volume = volumeShowingOld("count");
        CountingFiles files = new CountingFiles();
        volume.writer(VolumeDirectory.numbersFrom(2), files).write(NEW);
        assertThat(volume.visibleFiles()).isEqualTo(NEW_FILES);
        assertThat(files.changes).isGreaterThan(10);
        return files.changes;
    }

    /** Another writer, as after a restart, brings the volume to exactly the new state. */
    private static void requireHealed(VolumeDirectory volume, String what) throws IOException {
        volume.writer().write(NEW);
        assertThat(volume.visibleFiles()).as(what).isEqualTo(NEW_FILES);
        assertThat(volume.names()).as(what).containsExactly(volume.shownVersion(), "..data", "a", "d", "fresh");
    }

    /** Real files until the change of that number; it fails, or the process ends and with it all further changes. */
    private static final class BreakingFiles extends CountingFiles {

        private final int number;
        private final @Nullable IOException failure;
        private String broken = "";
        private boolean switched;

        BreakingFiles(int number, @Nullable IOException failure) {
            this.number = number;
            this.failure = failure;
        }

        @Override
        void before(String change) throws IOException {
            super.before(change);
            if (changes == number) {
                broken = change;
            }
            if (failure != null && changes == number) {
                throw failure;
            }
            if (failure == null && changes >= number) {
                throw new EndOfProcess();
            }
        }

        @Override
        public void replaceLink(Path by, Path link) throws IOException {
            super.replaceLink(by, link);
            switched = true;
        }
    }

    private static final class EndOfProcess extends Error {
        private static final long serialVersionUID = 1L;
    }
}
