package dev.kubechurn.core.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** A program of its own, since only a new process can have another umask: writes one volume. */
final class WriteOneVolume {

    private WriteOneVolume() {}

    public static void main(String[] arguments) throws IOException {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        files.put("d/open", new VolumeFile(new byte[] {1}, 0777));
        files.put("d/shared", new VolumeFile(new byte[] {2}, 0664));
        files.put("closed", new VolumeFile(new byte[] {3}, 0400));
        new AtomicWriter(Path.of(arguments[0]), VolumeDirectory.CLOCK, () -> 1).write(new VolumePayload(files));
    }
}
