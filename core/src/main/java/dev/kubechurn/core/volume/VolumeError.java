package dev.kubechurn.core.volume;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.LookupError;
import java.util.List;

/** Why a volume has no payload; the whole volume fails, and files of an earlier payload stay (V7). */
public sealed interface VolumeError {

    /** For people, as the kubelet puts it; never holds an object's content. */
    String message();

    /** A ConfigMap or Secret that is not optional is not there (V6). */
    record NotFound(String message) implements VolumeError {

        static NotFound of(ObjectKind<?> kind, String name) {
            return new NotFound(kind.singular() + " \"" + name + "\" not found");
        }
    }

    /** An item names a key that its object, not optional, does not have (V5). */
    record MissingKey(ObjectKind<?> kind, String key) implements VolumeError {
        @Override
        public String message() {
            return kind == ObjectKind.SECRET
                    ? "references non-existent secret key: " + key
                    : "configmap references non-existent config key: " + key;
        }
    }

    /**
     * A file's path is not to be used (V8).
     *
     * @param path as it was written
     * @param problem what it must be or must not be
     */
    record InvalidPath(String path, String problem) implements VolumeError {
        @Override
        public String message() {
            return "invalid path " + VolumePath.quoted(path) + ": " + problem;
        }
    }

    /** An object could not be read; {@code optional} does not help (V6). */
    record Lookup(LookupError error) implements VolumeError {
        @Override
        public String message() {
            return error.message();
        }
    }

    /** Two or more sources of a projected volume failed, in their order; each error is of one of the other kinds. */
    record Several(List<VolumeError> errors) implements VolumeError {

        public Several {
            errors = List.copyOf(errors);
            if (errors.size() < 2) {
                throw new IllegalArgumentException("expected at least two errors, not " + errors.size());
            }
        }

        /** The distinct texts, in brackets; a text that all errors share stands without. */
        @Override
        public String message() {
            List<String> texts =
                    errors.stream().map(VolumeError::message).distinct().toList();
            return texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
        }
    }
}
