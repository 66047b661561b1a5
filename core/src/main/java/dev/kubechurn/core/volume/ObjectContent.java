package dev.kubechurn.core.volume;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of one ConfigMap or Secret. A view: the object must not change.
 *
 * @param text values as they are
 * @param encoded values in base64
 */
record ObjectContent(Map<String, String> text, Map<String, String> encoded) {

    static final ObjectContent NOTHING = new ObjectContent(Map.of(), Map.of());

    static ObjectContent of(ConfigMap configMap) {
        return new ObjectContent(orEmpty(configMap.getData()), orEmpty(configMap.getBinaryData()));
    }

    static ObjectContent of(Secret secret) {
        return new ObjectContent(Map.of(), orEmpty(secret.getData()));
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> data) {
        return Objects.requireNonNullElse(data, Map.of());
    }

    /** Gives every key with its file: text first, each part by key (V1). */
    void forEach(int mode, BiConsumer<String, VolumeFile> receiver) throws NotBase64Exception {
        sorted(text).forEach((key, value) -> receiver.accept(key, textFile(value, mode)));
        for (Map.Entry<String, String> entry : sorted(encoded).entrySet()) {
            receiver.accept(entry.getKey(), VolumeFile.owning(decode(entry.getKey(), entry.getValue()), mode));
        }
    }

    /** The file of one key, text before base64, or null if there is no such key (V3). */
    @Nullable
    VolumeFile file(String key, int mode) throws NotBase64Exception {
        if (text.containsKey(key)) {
            return textFile(text.get(key), mode);
        }
        return encoded.containsKey(key) ? VolumeFile.owning(decode(key, encoded.get(key)), mode) : null;
    }

    private static Map<String, String> sorted(Map<String, String> data) {
        return isSorted(data.keySet()) ? data : new TreeMap<>(data);
    }

    /** A server gives them so. */
    private static boolean isSorted(Set<String> keys) {
        String before = null;
        for (String key : keys) {
            if (before != null && before.compareTo(key) > 0) {
                return false;
            }
            before = key;
        }
        return true;
    }

    private static VolumeFile textFile(@Nullable String value, int mode) {
        return VolumeFile.ofText(Objects.requireNonNullElse(value, ""), mode);
    }

    /** Go's decoder, which the kubelet reads objects with, skips line breaks. */
    private static byte[] decode(String key, @Nullable String value) throws NotBase64Exception {
        String plain = Objects.requireNonNullElse(value, "").replace("\n", "").replace("\r", "");
        try {
            return Base64.getDecoder().decode(plain);
        } catch (IllegalArgumentException e) {
            // The decoder's own text quotes a character of the value: it goes no further.
            throw new NotBase64Exception(key);
        }
    }

    /** The counts only: the content may be secret. */
    @Override
    public String toString() {
        return "ObjectContent[" + (text.size() + encoded.size()) + " keys]";
    }
}
