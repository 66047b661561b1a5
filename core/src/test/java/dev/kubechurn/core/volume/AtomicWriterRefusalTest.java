package dev.kubechurn.core.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a writer does not touch, and that it says so: nothing outside the volume, and nothing that is not its own. */
@DisabledOnOs(OS.WINDOWS)
class AtomicWriterRefusalTest {

    private static final String FIRST = VolumeDirectory.VERSION + "1";

    private final Path temporary;
    private final VolumeDirectory volume;

    AtomicWriterRefusalTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        this.volume = new VolumeDirectory(Files.createDirectory(temporary.resolve("volume")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..data", "..data/a", "..data_tmp", "..2026_11_24_08_05_09.123", "..2026_11_24_08_05_09.1/a"})
    void refusesANameThatTheVolumeKeepsForItself(String path) throws IOException {
        AtomicWriter writer = volume.writer();
        assertThatThrownBy(() -> writer.write(Payloads.of("good", "1", path, "x")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessage("volume \"" + volume.path() + "\": path \"" + path
                        + "\" starts with a name that is reserved for the volume: choose another");
        assertThat(volume.names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"...data", "..data2", "..2026", "d/..data", "..2026_11_24_08_05_09.", "x..2026_11_24_08_05_09.1"
            })
    void takesANameThatOnlyLooksLikeOne(String path) throws IOException {
        volume.writer().write(Payloads.of(path, "x"));
        assertThat(volume.resolve(path)).hasContent("x");
    }

    @Test
    void refusesAFileWhereAnotherNeedsADirectory() throws IOException {
        AtomicWriter writer = volume.writer();
        assertThatThrownBy(() -> writer.write(Payloads.of("a", "1", "a/b", "2")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageEndingWith("path \"a/b\" needs a directory where \"a\" is a file");
        assertThat(volume.names()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeAFileName() throws IOException {
        AtomicWriter writer = volume.writer();
        assertThatThrownBy(() -> writer.write(Payloads.of("a\0b", "1")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("path \"a\\u0000b\" is not a valid file name here");
        assertThat(volume.names()).isEmpty();
    }

    @Test
    void wantsADirectoryThatIsThere() throws IOException {
        Path gone = temporary.resolve("gone");
        assertThatThrownBy(() -> new AtomicWriter(gone, VolumeDirectory.CLOCK, () -> 1))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessage("volume directory \"" + gone + "\" is not accessible: create it first");
        Path file = Files.writeString(temporary.resolve("file"), "x");
        assertThatThrownBy(() -> new AtomicWriter(file, VolumeDirectory.CLOCK, () -> 1))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessage(
                        "volume directory \"" + file + "\" must be a directory on a file system with POSIX file modes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/nowhere", "plain", "..2026_11_24_08_05_09.9/sub", ".", "..", "..data_tmp"})
    void refusesAForeignData(String to) throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "keep");
        Files.createDirectory(volume.resolve("plain"));
        Files.createSymbolicLink(volume.resolve("..data"), Path.of(to));
        AtomicWriter writer = volume.writer();

        assertThatThrownBy(() -> writer.write(Payloads.of("a", "1")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining(
                        "points to \"" + to + "\", which is not a directory of this volume: remove the link");

        assertThat(volume.names()).containsExactly("..data", "plain");
        assertThat(volume.shownVersion()).isEqualTo(to);
        assertThat(outside.resolve("precious")).hasContent("keep");
    }

    @Test
    void refusesADataThatIsNoLink() throws IOException {
        Files.createDirectory(volume.resolve("..data"));
        AtomicWriter writer = volume.writer();
        assertThatThrownBy(() -> writer.write(Payloads.of("a", "1")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining("is not a symbolic link: remove it (no writer created it)");
        assertThat(volume.names()).containsExactly("..data");
    }

    @Test
    void refusesAVersionThatIsALinkToAnotherPlace() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(outside.resolve("a"), "1");
        Files.createSymbolicLink(volume.resolve(FIRST), outside);
        Files.createSymbolicLink(volume.resolve("..data"), Path.of(FIRST));
        AtomicWriter writer = volume.writer();
        assertThatThrownBy(() -> writer.write(Payloads.of("a", "1")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessageContaining("is not a directory of this volume");
        assertThat(outside.resolve("a")).hasContent("1");
    }

    @Test
    void takesAnotherNameWhereALinkOrAnythingElseStands() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.createSymbolicLink(volume.resolve(FIRST), outside);
        Files.writeString(volume.resolve(VolumeDirectory.VERSION + "2"), "a file");
        volume.writer().write(Payloads.of("a", "1"));

        assertThat(volume.shownVersion()).isEqualTo(VolumeDirectory.VERSION + "3");
        assertThat(outside).isEmptyDirectory();
        assertThat(Files.isSymbolicLink(volume.resolve(FIRST)))
                .as("what is not a directory is no leftover of a writer")
                .isTrue();
        assertThat(volume.resolve(VolumeDirectory.VERSION + "2")).hasContent("a file");
    }

    @Test
    void givesUpWhenNoNameIsFree() throws IOException {
        Files.writeString(volume.resolve(FIRST), "in the way");
        int[] tries = {0};
        AtomicWriter writer = volume.writer(
                () -> {
                    tries[0]++;
                    return 1;
                },
                new PosixVolumeFiles());
        assertThatThrownBy(() -> writer.write(Payloads.of("a", "1")))
                .isInstanceOf(VolumeWriteException.class)
                .hasMessage(
                        "volume \"" + volume.path()
                                + "\": nothing was changed: tried 100 names for a new directory, all taken: remove old directories");
        assertThat(tries[0]).isEqualTo(100);
    }

    @Test
    void removesNoMoreThanALinkInsideAnOldVersion() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "keep");
        AtomicWriter writer = volume.writer();
        writer.write(Payloads.of("a", "1"));
        Files.createSymbolicLink(volume.resolve(FIRST + "/trap"), outside);

        writer.write(Payloads.of("a", "2"));

        assertThat(Files.exists(volume.resolve(FIRST), NOFOLLOW_LINKS)).isFalse();
        assertThat(outside.resolve("precious")).hasContent("keep");
    }

    @Test
    void writesThroughNoLinkThatStandsInTheWayOfTheSwitch() throws IOException {
        Path outside = Files.writeString(temporary.resolve("outside"), "keep");
        Files.createSymbolicLink(volume.resolve("..data_tmp"), outside);
        volume.writer().write(Payloads.of("a", "1"));
        assertThat(outside).hasContent("keep");
        assertThat(volume.names()).containsExactly(FIRST, "..data", "a");
    }
}
