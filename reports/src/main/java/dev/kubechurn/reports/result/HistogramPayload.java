package dev.kubechurn.reports.result;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * The payload of the HdrHistogram log format, V2: a cookie, a length, and the deflated histogram, in base64.
 *
 * <p>Inflating is done here rather than by HdrHistogram, which trusts the sizes that a file names.
 */
final class HistogramPayload {

    private static final int COOKIE_BASE = 0x1c849304;
    private static final int COOKIE_MASK = ~0xf0;
    private static final int HEADER_BYTES = 8;
    private static final int MAX_PAYLOAD_CHARS = 8 << 20;
    private static final int MAX_INFLATED_BYTES = 32 << 20;

    private HistogramPayload() {}

    static String encode(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    static Histogram decode(String payload) {
        if (payload.length() > MAX_PAYLOAD_CHARS) {
            throw new IllegalArgumentException("histogram payload is longer than " + MAX_PAYLOAD_CHARS + " characters");
        }
        byte[] bytes = Base64.getDecoder().decode(payload);
        if (bytes.length < HEADER_BYTES || (ByteBuffer.wrap(bytes).getInt() & COOKIE_MASK) != COOKIE_BASE) {
            throw new IllegalArgumentException("histogram payload is not a compressed HdrHistogram V2");
        }
        try {
            return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(inflate(bytes)), 0);
        } catch (DataFormatException
                | BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | NegativeArraySizeException e) {
            throw new IllegalArgumentException("histogram payload is damaged", e);
        }
    }

    private static byte[] inflate(byte[] bytes) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
            byte[] inflated = new byte[4096];
            int length = inflater.inflate(inflated);
            while (!inflater.finished()) {
                if (inflater.needsInput() || inflated.length >= MAX_INFLATED_BYTES) {
                    throw new DataFormatException("truncated or too large");
                }
                inflated = Arrays.copyOf(inflated, inflated.length * 2);
                length += inflater.inflate(inflated, length, inflated.length - length);
            }
            return Arrays.copyOf(inflated, length);
        } finally {
            inflater.end();
        }
    }
}
