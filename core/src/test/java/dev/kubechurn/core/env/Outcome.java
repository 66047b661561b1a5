package dev.kubechurn.core.env;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one resolution came to.
 *
 * @param env the variables, null after an error
 * @param errorKind null without an error
 * @param message of the error, empty without one
 * @param events each as {@code type reason message}, in order
 * @param reads each as {@code kind namespace/name}, in order
 */
record Outcome(
        @Nullable Map<String, String> env,
        @Nullable String errorKind,
        String message,
        List<String> events,
        List<String> reads) {

    /** The variables; fails the test if there are none. */
    Map<String, String> variables() {
        if (env == null) {
            throw new AssertionError("no variables but " + errorKind + ": " + message);
        }
        return env;
    }
}
