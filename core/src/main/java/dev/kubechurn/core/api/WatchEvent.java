package dev.kubechurn.core.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;

/** One event of a watch. The object may be of any type: the reflector looks (R13). */
public sealed interface WatchEvent {

    /** The object as it stands after its creation, or at the start of a watch without a version. */
    record Added(HasMetadata object) implements WatchEvent {}

    /** The object as it stands after a change. */
    record Modified(HasMetadata object) implements WatchEvent {}

    /** The object's last state, with the resourceVersion of its deletion. */
    record Deleted(HasMetadata object) implements WatchEvent {}

    /** Only the resourceVersion of {@code object} counts: the watch has brought everything up to it. */
    record Bookmark(HasMetadata object) implements WatchEvent {

        /** What the annotation is called that such a bookmark has. */
        public static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

        /** Whether the events before this one were the state at its version, as a watch that lists has it (KEP-3157). */
        public boolean endsInitialEvents() {
            ObjectMeta metadata = object.getMetadata();
            Map<String, String> annotations = metadata == null ? null : metadata.getAnnotations();
            return annotations != null && "true".equals(annotations.get(INITIAL_EVENTS_END));
        }
    }

    /** An error inside the stream (R10); the watch ends with it. */
    record Failure(ApiError.Status status) implements WatchEvent {}
}
