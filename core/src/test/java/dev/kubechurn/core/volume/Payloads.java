package dev.kubechurn.core.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Payloads, results and errors in short, for tests. */
final class Payloads {

    static final int MODE = 0644;

    private Payloads() {}

    /** A payload of text files with mode 0644, from paths and texts in turn. */
    static VolumePayload of(String... pathsAndTexts) {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], file(pathsAndTexts[i + 1], MODE));
        }
        return new VolumePayload(files);
    }

    /** A payload of one file. */
    static VolumePayload of(String path, VolumeFile file) {
        return new VolumePayload(new TreeMap<>(Map.of(path, file)));
    }

    static VolumeFile file(String text, int mode) {
        return new VolumeFile(text.getBytes(UTF_8), mode);
    }

    /** The files of a result that must be ready, each as {@code text mode}. */
    static SortedMap<String, String> files(PayloadResult result) {
        if (!(result instanceof PayloadResult.Ready ready)) {
            throw new AssertionError("no payload: " + error(result).message());
        }
        SortedMap<String, String> files = new TreeMap<>();
        ready.payload()
                .files()
                .forEach((path, file) ->
                        files.put(path, new String(file.bytes(), UTF_8) + " " + Integer.toOctalString(file.mode())));
        return files;
    }

    /** The error of a result that must have failed. */
    static VolumeError error(PayloadResult result) {
        if (result instanceof PayloadResult.Failed failed) {
            return failed.error();
        }
        throw new AssertionError("no error: " + result);
    }
}
