package dev.kubechurn.sim.workload;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What an object holds: a number of keys and, over all of them, a number of bytes. Immutable.
 *
 * @param keys at least 1
 * @param bytes of all values together, before base64; each value has at least one
 */
record Payload(int keys, int bytes) {

    private static final byte[] LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 \n".getBytes(StandardCharsets.US_ASCII);

    /** New text under the keys {@code key-0}, {@code key-1}, … */
    Map<String, String> text(SplittableRandom random) {
        Map<String, String> data = new LinkedHashMap<>();
        for (int key = 0; key < keys; key++) {
            data.put("key-" + key, new String(value(key, random), StandardCharsets.US_ASCII));
        }
        return data;
    }

    /** As {@link #text}, in base64, as a Secret's {@code data} has it. */
    Map<String, String> base64(SplittableRandom random) {
        Map<String, String> data = new LinkedHashMap<>();
        for (int key = 0; key < keys; key++) {
            data.put("key-" + key, Base64.getEncoder().encodeToString(value(key, random)));
        }
        return data;
    }

    private byte[] value(int key, SplittableRandom random) {
        int share = bytes / keys + (key < bytes % keys ? 1 : 0);
        byte[] value = new byte[Math.max(1, share)];
        for (int i = 0; i < value.length; i += 8) {
            long draw = random.nextLong();
            for (int j = i; j < Math.min(value.length, i + 8); j++, draw >>>= 8) {
                value[j] = LETTERS[(int) (draw & 0xFF) % LETTERS.length];
            }
        }
        return value;
    }
}
