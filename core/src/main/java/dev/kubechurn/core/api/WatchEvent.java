package dev.kubechurn.core.api;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** One event of a watch. The object may be of any type: the reflector looks (R13). */
public sealed interface WatchEvent {

    /** The object as it stands after its creation, or at the start of a watch without a version. */
    record Added(HasMetadata object) implements WatchEvent {}

    /** The object as it stands after a change. */
    record Modified(HasMetadata object) implements WatchEvent {}

    /** The object's last state, with the resourceVersion of its deletion. */
    record Deleted(HasMetadata object) implements WatchEvent {}

    /** Only the resourceVersion of {@code object} counts: the watch has brought everything up to it. */
    record Bookmark(HasMetadata object) implements WatchEvent {}

    /** An error inside the stream (R10); the watch ends with it. */
    record Failure(ApiError.Status status) implements WatchEvent {}
}
