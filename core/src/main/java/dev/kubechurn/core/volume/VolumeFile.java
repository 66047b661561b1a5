package dev.kubechurn.core.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** One file of a volume: its bytes and its mode. Immutable; never tells its content except when asked for it. */
public final class VolumeFile {

    static final int PERMISSION_BITS = 0777;

    private final byte[] bytes;
    private final int mode;

    /**
     * @param bytes the content; copied
     * @param mode permission bits, 0 to 0777
     */
    public VolumeFile(byte[] bytes, int mode) {
        this(mode, bytes.clone());
    }

    /** Takes the bytes without a copy: nobody else may have them. */
    static VolumeFile owning(byte[] bytes, int mode) {
        return new VolumeFile(mode, bytes);
    }

    private VolumeFile(int mode, byte[] bytes) {
        if ((mode & ~PERMISSION_BITS) != 0) {
            throw new IllegalArgumentException("mode " + Integer.toOctalString(mode) + " is not within 0 to 0777");
        }
        this.bytes = bytes;
        this.mode = mode;
    }

    /** A copy of the content. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The content without a copy: read-only, with a position of its own. */
    public ByteBuffer content() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** The length of the content in bytes. */
    public int size() {
        return bytes.length;
    }

    /** The permission bits, 0 to 0777. */
    public int mode() {
        return mode;
    }

    boolean holds(byte[] content) {
        return Arrays.equals(bytes, content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VolumeFile file && mode == file.mode && Arrays.equals(bytes, file.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + mode;
    }

    /** Size and mode only: the content may be secret. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "VolumeFile[%d bytes, mode %04o]", bytes.length, mode);
    }
}
