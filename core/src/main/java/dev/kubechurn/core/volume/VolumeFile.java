package dev.kubechurn.core.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One file of a volume: its bytes and its mode. What is text in its object stays text until someone asks for the bytes.
 * Immutable; never tells its content except when asked for it.
 */
public final class VolumeFile {

    static final int PERMISSION_BITS = 0777;

    private static final byte[] NO_BYTES = {};

    /** The content, if it is not text. */
    private final byte[] raw;

    /** The content, if it is text. */
    private final @Nullable String text;

    private final int mode;

    /**
     * @param bytes the content; copied
     * @param mode permission bits, 0 to 0777
     */
    public VolumeFile(byte[] bytes, int mode) {
        this(mode, bytes.clone(), null);
    }

    /** Takes the bytes without a copy: nobody else may have them. */
    static VolumeFile owning(byte[] bytes, int mode) {
        return new VolumeFile(mode, bytes, null);
    }

    /** Its bytes are those of the text in UTF-8. */
    static VolumeFile ofText(String text, int mode) {
        return new VolumeFile(mode, NO_BYTES, text);
    }

    private VolumeFile(int mode, byte[] raw, @Nullable String text) {
        if ((mode & ~PERMISSION_BITS) != 0) {
            throw new IllegalArgumentException(
                    "mode " + Integer.toOctalString(mode) + " is not in the range 0 to 0777");
        }
        this.raw = raw;
        this.text = text;
        this.mode = mode;
    }

    /** A copy of the content. */
    public byte[] bytes() {
        return text == null ? raw.clone() : encoded();
    }

    /** The content, without a copy if it is no text: read-only, with a position of its own. */
    public ByteBuffer content() {
        return ByteBuffer.wrap(encoded()).asReadOnlyBuffer();
    }

    /** The length of the content in bytes. */
    public int size() {
        return encoded().length;
    }

    /** The permission bits, 0 to 0777. */
    public int mode() {
        return mode;
    }

    private byte[] encoded() {
        return text == null ? raw : text.getBytes(UTF_8);
    }

    private boolean sameContent(VolumeFile file) {
        return (text != null && text.equals(file.text)) || Arrays.equals(encoded(), file.encoded());
    }

    boolean holds(byte[] content) {
        return Arrays.equals(encoded(), content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VolumeFile file && mode == file.mode && sameContent(file);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(encoded()) + mode;
    }

    /** Size and mode only: the content may be secret. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "VolumeFile[%d bytes, mode %04o]", size(), mode);
    }
}
