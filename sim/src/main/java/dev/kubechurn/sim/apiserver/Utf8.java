package dev.kubechurn.sim.apiserver;

/** The UTF-8 length of text, without encoding it. */
final class Utf8 {

    private Utf8() {}

    /** The number of bytes; an unpaired surrogate counts as the one byte of its replacement '?'. */
    static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes++;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 2;
                i++;
            }
        }
        return bytes;
    }
}
