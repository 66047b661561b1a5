package dev.kubechurn.core.env;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.LookupError;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * The {@code data} of a ConfigMap or Secret, as texts (E15, E32). Bytes of a Secret that are no UTF-8 become U+FFFD,
 * since variables are Java strings here (X9). {@link #toString()} tells no content.
 */
final class ObjectData {

    private final ObjectKind<?> kind;
    private final Map<String, String> data;

    private ObjectData(ObjectKind<?> kind, Map<String, String> data) {
        this.kind = kind;
        this.data = data;
    }

    static ObjectData of(ConfigMap configMap) {
        return new ObjectData(ObjectKind.CONFIG_MAP, Absent.map(configMap.getData()));
    }

    static ObjectData of(Secret secret) {
        return new ObjectData(ObjectKind.SECRET, Absent.map(secret.getData()));
    }

    Set<String> keys() {
        return data.keySet();
    }

    boolean has(String key) {
        return data.containsKey(key);
    }

    /**
     * The key's text, decoded if the object is a Secret.
     *
     * @param object for the error's text
     * @throws ResolutionException if a Secret's value is not base64, which no API server gives
     */
    String text(String key, ObjectKey object) throws ResolutionException {
        String value = Absent.text(data.get(key));
        if (kind != ObjectKind.SECRET) {
            return value;
        }
        try {
            String oneLine = value.replace("\n", "").replace("\r", "");
            return new String(Base64.getDecoder().decode(oneLine), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The exception's own text would tell a part of the value.
            throw new ResolutionException(new EnvironmentError.LookupFailed(new LookupError.Unavailable("key " + key
                    + " of secret " + object + " is not base64: encode the values of data, or use stringData")));
        }
    }

    @Override
    public String toString() {
        return kind + "[" + data.size() + " keys]";
    }
}
