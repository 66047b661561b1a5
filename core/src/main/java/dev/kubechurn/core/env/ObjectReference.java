package dev.kubechurn.core.env;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * An object that a source or an entry refers to, in the pod's namespace (E5).
 *
 * @param optional whether its absence is no error (E17, E35)
 */
record ObjectReference(ObjectKind<?> kind, ObjectKey key, boolean optional) {

    static ObjectReference of(ObjectKind<?> kind, String namespace, @Nullable String name, @Nullable Boolean optional) {
        return new ObjectReference(kind, new ObjectKey(namespace, Absent.text(name)), Boolean.TRUE.equals(optional));
    }
}
