package dev.kubechurn.sim.apiserver;

import java.nio.charset.StandardCharsets;

/** The UTF-8 length of text. */
final class Utf8 {

    private Utf8() {}

    /**
     * The number of bytes; an unpaired surrogate counts as the one byte of its replacement '?'. Encoding is faster than
     * counting: the JVM copies text that is ASCII as a whole.
     */
    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
