package dev.kubechurn.core.store;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to a read, ready to be given to its reader outside all locks. */
sealed interface Lookup<T> {

    void giveTo(Reader<T> reader);

    /** Answers all waiting reads, whatever a reader throws; the first such failure is thrown at the end. */
    static <R> void giveAll(Iterable<R> reads, Consumer<R> give) {
        @Nullable Throwable first = null;
        for (R read : reads) {
            try {
                give.accept(read);
            } catch (RuntimeException | Error e) {
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }
        if (first instanceof RuntimeException failure) {
            throw failure;
        } else if (first instanceof Error failure) {
            throw failure;
        }
    }

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
