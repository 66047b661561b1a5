package dev.kubechurn.core.volume;

import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.KeyToPath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One object in a volume: which of its keys become files, and where.
 *
 * @param items empty: all keys (V1)
 * @param optional whether the object or keys of it may be missing (V5, V6)
 */
record ObjectProjection(ObjectName object, List<KeyToPath> items, boolean optional) {

    static ObjectProjection of(
            ObjectKind<?> kind, @Nullable String name, @Nullable List<KeyToPath> items, @Nullable Boolean optional) {
        return new ObjectProjection(
                new ObjectName(kind, Objects.requireNonNullElse(name, "")),
                Objects.requireNonNullElse(items, List.of()),
                Boolean.TRUE.equals(optional));
    }
}
