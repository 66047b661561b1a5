package dev.kubechurn.core.testing;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import org.jspecify.annotations.Nullable;

/** A reader that remembers its answer, and refuses a second one. For one thread. */
public final class RecordingReader<T> implements Reader<T> {

    private @Nullable T object;
    private @Nullable LookupError error;

    @Override
    public void found(T found) {
        requireFirst();
        object = found;
    }

    @Override
    public void failed(LookupError failure) {
        requireFirst();
        error = failure;
    }

    private void requireFirst() {
        if (answered()) {
            throw new AssertionError("a second answer to one read");
        }
    }

    public boolean answered() {
        return object != null || error != null;
    }

    /** The object that was found; fails if none was. */
    public T object() {
        return requireNonNull(object, () -> "no object but " + error);
    }

    /** The error; fails if there is none. */
    public LookupError error() {
        return requireNonNull(error, "no error");
    }

    /** The object that was found, or null: still waiting, or failed. */
    public @Nullable T found() {
        return object;
    }

    /** The error, or null: still waiting, or found. */
    public @Nullable LookupError failure() {
        return error;
    }
}
