package dev.kubechurn.sim.validation;

import org.jspecify.annotations.Nullable;

/**
 * One count, from all who counted it. Immutable.
 *
 * @param predicted in virtual time, for the load
 * @param sent by the kubelets during the load, counted at the client
 * @param ofChecks sent after the load
 * @param counted by the server, for both; null where it cannot tell
 * @param tolerance how far the prediction may be off, as a part of it
 * @param slack how far client and server may be apart, as a part of what the server counted
 * @param why a difference is to be expected; empty: none is
 */
public record Figure(
        String name,
        @Nullable Long predicted,
        long sent,
        long ofChecks,
        @Nullable Long counted,
        double tolerance,
        double slack,
        String why) {

    static final String LISTS = "lists";
    static final String WATCHES = "watches";
    static final String GETS = "gets";
    static final String OPEN = "watches open at the end of the load";
    static final String EVENTS = "events";
    static final String BYTES = "bytes per event";

    /** What predicts agrees with what was sent. */
    boolean asPredicted() {
        return predicted == null || Math.abs(predicted - sent) <= tolerance * predicted;
    }

    /** Client and server counted the same. */
    boolean asCounted() {
        return counted == null || Math.abs(counted - (sent + ofChecks)) <= slack * counted;
    }

    boolean agrees() {
        return asPredicted() && asCounted();
    }

    /** Nothing differs at all. */
    boolean isEqual() {
        return (predicted == null || predicted == sent) && (counted == null || counted == sent + ofChecks);
    }
}
