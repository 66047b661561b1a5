package dev.kubechurn.core.store;

/** The answer to a read, ready to be given to its reader outside all locks. */
sealed interface Lookup<T> {

    void giveTo(Reader<T> reader);

    record Found<T>(T object) implements Lookup<T> {
        @Override
        public void giveTo(Reader<T> reader) {
            reader.found(object);
        }
    }

    record Failed<T>(LookupError error) implements Lookup<T> {
        @Override
        public void giveTo(Reader<T> reader) {
            reader.failed(error);
        }
    }
}
