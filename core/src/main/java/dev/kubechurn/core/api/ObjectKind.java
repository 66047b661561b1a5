package dev.kubechurn.core.api;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One of the two kinds of object that the kubelet keeps for its pods.
 *
 * @param <T> the Java type of its objects
 */
public final class ObjectKind<T extends HasMetadata> {

    public static final ObjectKind<ConfigMap> CONFIG_MAP =
            new ObjectKind<>(ConfigMap.class, "configmap", "configmaps", ConfigMap::getImmutable);
    public static final ObjectKind<Secret> SECRET =
            new ObjectKind<>(Secret.class, "secret", "secrets", Secret::getImmutable);

    private final Class<T> type;
    private final String singular;
    private final String plural;
    private final Function<T, @Nullable Boolean> immutable;

    private ObjectKind(Class<T> type, String singular, String plural, Function<T, @Nullable Boolean> immutable) {
        this.type = type;
        this.singular = singular;
        this.plural = plural;
        this.immutable = immutable;
    }

    public Class<T> type() {
        return type;
    }

    /** {@code configmap} or {@code secret}, as the kubelet's own error texts have it. */
    public String singular() {
        return singular;
    }

    /** {@code configmaps} or {@code secrets}, as in API paths and the server's error texts. */
    public String plural() {
        return plural;
    }

    /** Whether the object says {@code immutable: true}; false and absent are the same (S7). */
    public boolean isImmutable(T object) {
        return Boolean.TRUE.equals(immutable.apply(object));
    }

    /** {@code ConfigMap} or {@code Secret}, as an object's {@code kind} has it. */
    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
