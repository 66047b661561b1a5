package dev.kubechurn.sim.apiserver;

/**
 * What a list asks for.
 *
 * @param resourceVersion empty: the newest; "0": any; N: at least N, or exactly N, as {@code match} says
 * @param match {@code Exact}, {@code NotOlderThan} or empty
 * @param limit the most objects in the answer; 0: no limit
 * @param continueToken from the answer before this one; empty at the start
 */
public record ListRequest(Selection selection, String resourceVersion, String match, long limit, String continueToken) {

    public ListRequest {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must not be negative, but is " + limit);
        }
    }

    /** A list of everything selected, as it is now. */
    public static ListRequest newest(Selection selection) {
        return new ListRequest(selection, "", "", 0, "");
    }
}
