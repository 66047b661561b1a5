package dev.kubechurn.sim.apiserver.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Goes through the fields of one protobuf message, with the wire types that the API's own messages have. Every length is
 * checked against what is there. For one thread.
 */
final class ProtobufReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int MOST_VARINT_BYTES = 10;

    private final ByteBuffer in;
    private int field;
    private int wireType;

    ProtobufReader(byte[] message) {
        this.in = ByteBuffer.wrap(message);
    }

    /** The text is no protobuf message. */
    static final class MalformedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    /** Goes to the next field; false at the end. */
    boolean next() {
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        return true;
    }

    /** The number of the field that {@link #next} went to. */
    int field() {
        return field;
    }

    long number() {
        require(VARINT);
        return varint();
    }

    byte[] bytes() {
        require(DELIMITED);
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedException("field " + field + " is longer than its message");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    ProtobufReader message() {
        return new ProtobufReader(bytes());
    }

    void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> skip(Long.BYTES);
            case DELIMITED -> bytes();
            case FIXED32 -> skip(Integer.BYTES);
            default -> throw new MalformedException("field " + field + " has wire type " + wireType);
        }
    }

    private void skip(int bytes) {
        if (in.remaining() < bytes) {
            throw new MalformedException("field " + field + " is longer than its message");
        }
        in.position(in.position() + bytes);
    }

    private void require(int expected) {
        if (wireType != expected) {
            throw new MalformedException("field " + field + " has wire type " + wireType + ", not " + expected);
        }
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < MOST_VARINT_BYTES; i++) {
            if (!in.hasRemaining()) {
                throw new MalformedException("a number ends too early");
            }
            byte next = in.get();
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("a number is too long");
    }

    /** Whether bytes begin so. */
    static boolean startsWith(byte[] bytes, byte[] head) {
        return bytes.length >= head.length && Arrays.equals(bytes, 0, head.length, head, 0, head.length);
    }
}
