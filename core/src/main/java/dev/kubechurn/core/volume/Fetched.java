package dev.kubechurn.core.volume;

import dev.kubechurn.core.store.LookupError;

/** The answer to one question for an object. */
sealed interface Fetched {

    record Found(ObjectContent content) implements Fetched {}

    record Failed(LookupError error) implements Fetched {}

    /** Nobody has such an object. */
    record Absent() implements Fetched {}
}
