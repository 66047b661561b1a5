package dev.kubechurn.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes do not depend on the umask of the process (V10). */
@DisabledOnOs(OS.WINDOWS)
class AtomicWriterUmaskTest {

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    void v10ModesHoldWhateverTheUmask(String umask, @TempDir Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask " + umask + " && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        WriteOneVolume.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();

        Path version = directory.resolve(VolumeDirectory.VERSION + "1");
        assertThat(PosixModes.of(version)).isEqualTo("rwxr-xr-x");
        assertThat(PosixModes.of(version.resolve("d"))).isEqualTo("rwxr-xr-x");
        assertThat(PosixModes.of(version.resolve("d/open"))).isEqualTo("rwxrwxrwx");
        assertThat(PosixModes.of(version.resolve("d/shared"))).isEqualTo("rw-rw-r--");
        assertThat(PosixModes.of(version.resolve("closed"))).isEqualTo("r--------");
    }

    /** The classes and the tests of this module: all that the writer needs. */
    private static String classPath() {
        return Stream.of(AtomicWriter.class, WriteOneVolume.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
