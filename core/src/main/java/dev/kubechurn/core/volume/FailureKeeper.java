package dev.kubechurn.core.volume;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Runs steps that do not depend on each other and keeps the first failure, the others suppressed in it. */
final class FailureKeeper {

    /** One change to the file system. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    private @Nullable IOException first;

    void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    @Nullable
    IOException first() {
        return first;
    }
}
