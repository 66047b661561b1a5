package dev.kubechurn.core.store;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link TtlStore} learns for how long a fetched object is fresh: asked anew for each read (S29), so a change
 * of the node counts at once. Must be quick and safe from any thread.
 */
@FunctionalInterface
public interface TtlSource {

    /** The node's annotation that holds the TTL. */
    String ANNOTATION = "node.alpha.kubernetes.io/ttl";

    /** What counts when the node says nothing that can be used. */
    long DEFAULT_SECONDS = 60;

    /** The annotation's text as it stands on the node now; null: no node or no annotation. */
    @Nullable
    String annotation();

    /** A node without the annotation. */
    static TtlSource absent() {
        return () -> null;
    }

    /** A node whose annotation stays as it is. */
    static TtlSource ofSeconds(long seconds) {
        String text = Long.toString(seconds);
        return () -> text;
    }

    /**
     * The TTL in force, in nanoseconds: the annotation as whole seconds if it is a decimal integer of 64 bits, a sign
     * allowed and blanks not, else the default (S29). Zero or less: nothing is ever fresh. More than 292 years are 292
     * years.
     */
    default long nanos() {
        String text = annotation();
        return TimeUnit.SECONDS.toNanos(text == null || !isInteger(text) ? DEFAULT_SECONDS : secondsOf(text));
    }

    private static boolean isInteger(String text) {
        int first = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        return DecimalDigits.stand(text, first);
    }

    private static long secondsOf(String integer) {
        try {
            return Long.parseLong(integer);
        } catch (NumberFormatException e) {
            return DEFAULT_SECONDS; // more than 64 bits
        }
    }
}
