package dev.kubechurn.core.manager;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/** The triple by which a manager knows a pod (M2, M7); absent parts are empty. */
record PodKey(String namespace, String name, String uid) {

    static PodKey of(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        return metadata == null
                ? new PodKey("", "", "")
                : new PodKey(text(metadata.getNamespace()), text(metadata.getName()), text(metadata.getUid()));
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }
}
