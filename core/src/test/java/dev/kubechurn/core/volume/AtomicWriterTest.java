package dev.kubechurn.core.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a volume's directory looks like after writes (V10 to V14), on real files. */
@DisabledOnOs(OS.WINDOWS)
class AtomicWriterTest {

    private static final String FIRST = VolumeDirectory.VERSION + "1";
    private static final String SECOND = VolumeDirectory.VERSION + "2";

    private final Path temporary;
    private final VolumeDirectory volume;
    private AtomicWriter writer;

    AtomicWriterTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        this.volume = new VolumeDirectory(Files.createDirectory(temporary.resolve("volume")));
        this.writer = volume.writer();
    }

    @Test
    void v10PutsTheFilesIntoANewDirectoryNamedByTimeAndNumber() throws IOException {
        assertThat(writer.write(Payloads.of("a", "alpha", "d/e/b", "beta"))).isTrue();

        assertThat(volume.resolve(FIRST)).isDirectory();
        assertThat(volume.resolve(FIRST + "/a")).isRegularFile().hasContent("alpha");
        assertThat(volume.resolve(FIRST + "/d/e/b")).isRegularFile().hasContent("beta");
        for (String directory : new String[] {FIRST, FIRST + "/d", FIRST + "/d/e"}) {
            assertThat(PosixModes.of(volume.resolve(directory))).as(directory).isEqualTo("rwxr-xr-x");
        }
    }

    @Test
    void v10GivesEachFileItsExactMode() throws IOException {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        for (int mode : new int[] {0, 0400, 0644, 0666, 0777, 0124, 0653}) {
            files.put(Integer.toOctalString(mode), Payloads.file("x", mode));
        }
        writer.write(new VolumePayload(files));
        for (Map.Entry<String, VolumeFile> file : files.entrySet()) {
            assertThat(PosixModes.of(volume.resolve(FIRST).resolve(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(symbols(file.getValue().mode()));
        }
    }

    @Test
    void v11SwitchesARelativeLink() throws IOException {
        writer.write(Payloads.of("a", "one"));
        assertThat(volume.shownVersion()).isEqualTo(FIRST);
        writer.write(Payloads.of("a", "two"));
        assertThat(volume.shownVersion()).isEqualTo(SECOND);
        assertThat(volume.names()).containsExactly(SECOND, "..data", "a");
    }

    @Test
    void v12LinksTheFirstElementOfEachPath() throws IOException {
        writer.write(Payloads.of("a", "1", "d/x", "2", "d/e/y", "3"));
        assertThat(volume.names()).containsExactly(FIRST, "..data", "a", "d");
        assertThat(Files.readSymbolicLink(volume.resolve("a"))).isEqualTo(Path.of("..data/a"));
        assertThat(Files.readSymbolicLink(volume.resolve("d"))).isEqualTo(Path.of("..data/d"));
        assertThat(volume.visibleFiles()).isEqualTo(Map.of("a", "1", "d/x", "2", "d/e/y", "3"));
    }

    @Test
    void v12LeavesLinksThatAreThereWhereverTheyPoint() throws IOException {
        Files.createSymbolicLink(volume.resolve("a"), Path.of("elsewhere"));
        writer.write(Payloads.of("a", "1"));
        assertThat(Files.readSymbolicLink(volume.resolve("a"))).isEqualTo(Path.of("elsewhere"));
        writer.write(VolumePayload.empty());
        assertThat(Files.exists(volume.resolve("a"), NOFOLLOW_LINKS))
                .as("nor removes one that it did not make")
                .isTrue();
    }

    @Test
    void v12DoesNotMakeALinkAnew() throws IOException {
        writer.write(Payloads.of("a", "1", "b", "1"));
        Object before = Files.readAttributes(volume.resolve("a"), BasicFileAttributes.class, NOFOLLOW_LINKS)
                .fileKey();
        writer.write(Payloads.of("a", "2", "b", "1"));
        assertThat(Files.readAttributes(volume.resolve("a"), BasicFileAttributes.class, NOFOLLOW_LINKS)
                        .fileKey())
                .isEqualTo(before);
    }

    @Test
    void v13RemovesLinksAndFilesOfNamesThatAreGone() throws IOException {
        writer.write(Payloads.of("a", "1", "b", "1", "d/x", "1", "d/y", "1"));
        writer.write(Payloads.of("b", "2", "d/y", "2", "n", "2"));
        assertThat(volume.names()).containsExactly(SECOND, "..data", "b", "d", "n");
        assertThat(volume.visibleFiles()).isEqualTo(Map.of("b", "2", "d/y", "2", "n", "2"));
    }

    @Test
    void v13EmptiesAVolumeButKeepsWhatOthersPutThere() throws IOException {
        Files.writeString(volume.resolve("lost+found"), "not ours");
        Files.createSymbolicLink(volume.resolve("theirs"), Path.of("..data/another"));
        writer.write(Payloads.of("a", "1"));
        assertThat(writer.write(VolumePayload.empty())).isTrue();
        assertThat(volume.names()).containsExactly(SECOND, "..data", "lost+found", "theirs");
        assertThat(volume.resolve(SECOND)).isEmptyDirectory();
    }

    @Test
    void v14WritesNothingWhenPathsAndBytesAreTheSame() throws IOException {
        CountingFiles files = new CountingFiles();
        writer = volume.writer(VolumeDirectory.numbersFrom(1), files);
        writer.write(Payloads.of("a", "1", "d/b", "2"));
        int changes = files.changes;
        assertThat(writer.write(Payloads.of("a", "1", "d/b", "2"))).isFalse();
        assertThat(files.changes).isEqualTo(changes);
        assertThat(volume.shownVersion()).isEqualTo(FIRST);
    }

    @Test
    void v14DoesNotCountAChangeOfModeAlone() throws IOException {
        writer.write(Payloads.of("a", Payloads.file("1", 0644)));
        assertThat(writer.write(Payloads.of("a", Payloads.file("1", 0600)))).isFalse();
        assertThat(PosixModes.of(volume.resolve(FIRST + "/a"))).isEqualTo("rw-r--r--");
    }

    @Test
    void v14SeesEveryOtherDifference() throws IOException {
        VolumePayload start = Payloads.of("a", "12", "d/b", "34");
        VolumePayload[] others = {
            Payloads.of("a", "12", "d/b", "35"),
            Payloads.of("a", "123", "d/b", "34"),
            Payloads.of("a", "12"),
            Payloads.of("a", "12", "d/b", "34", "d/c", ""),
            Payloads.of("a", "12", "d/c", "34"),
            Payloads.of("a", "12", "e/b", "34"),
            Payloads.of("a/x", "12", "d", "34"),
        };
        for (VolumePayload other : others) {
            writer.write(start);
            assertThat(writer.write(other)).as(other.toString()).isTrue();
            assertThat(writer.write(other)).as(other.toString()).isFalse();
        }
    }

    @Test
    void v14SeesWhatOthersDidToTheFiles() throws IOException {
        VolumePayload payload = Payloads.of("a", "1", "b", "2");
        Tampering[] all = {
            shown -> Files.writeString(shown.resolve("a"), "X"),
            shown -> Files.delete(shown.resolve("a")),
            shown -> Files.writeString(shown.resolve("more"), "1"),
            shown -> Files.createDirectory(shown.resolve("more")),
            shown -> {
                Files.delete(shown.resolve("a"));
                Files.createSymbolicLink(shown.resolve("a"), Path.of("b"));
            },
        };
        for (Tampering tampering : all) {
            writer.write(payload);
            tampering.with(volume.resolve(volume.shownVersion()));
            assertThat(writer.write(payload)).isTrue();
            assertThat(volume.visibleFiles()).isEqualTo(Map.of("a", "1", "b", "2"));
        }
    }

    @Test
    void v14MakesMissingLinksEvenWhenNothingIsWritten() throws IOException {
        writer.write(Payloads.of("a", "1", "b", "2"));
        Files.delete(volume.resolve("a"));
        assertThat(writer.write(Payloads.of("a", "1", "b", "2"))).isFalse();
        assertThat(volume.visibleFiles()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void writesAnewWhenTheShownVersionIsGone() throws IOException {
        Files.createSymbolicLink(volume.resolve("..data"), Path.of(VolumeDirectory.VERSION + "77"));
        assertThat(writer.write(Payloads.of("a", "1"))).isTrue();
        assertThat(volume.visibleFiles()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void takesOverFromAnotherWriter() throws IOException {
        writer.write(Payloads.of("a", "1", "old", "1"));
        // As after a restart: the numbers begin anew, in the same second.
        AtomicWriter restarted = volume.writer();
        assertThat(restarted.write(Payloads.of("a", "1", "old", "1"))).isFalse();
        assertThat(restarted.write(Payloads.of("a", "2"))).isTrue();
        assertThat(volume.names()).containsExactly(SECOND, "..data", "a");
    }

    @Test
    void writesThroughALinkToTheVolume() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), volume.path());
        new AtomicWriter(link, VolumeDirectory.CLOCK, () -> -1).write(Payloads.of("a", "1"));
        assertThat(volume.shownVersion()).isEqualTo(VolumeDirectory.VERSION + "4294967295");
        assertThat(volume.visibleFiles()).isEqualTo(Map.of("a", "1"));
    }

    private interface Tampering {
        void with(Path shown) throws IOException;
    }

    private static String symbols(int mode) {
        StringBuilder symbols = new StringBuilder();
        for (int bit = 0; bit < 9; bit++) {
            symbols.append((mode & (0400 >> bit)) == 0 ? '-' : "rwx".charAt(bit % 3));
        }
        return symbols.toString();
    }
}
