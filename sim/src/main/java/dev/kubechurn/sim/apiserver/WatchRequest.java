package dev.kubechurn.sim.apiserver;

/**
 * What a watch asks for.
 *
 * @param resourceVersion empty or "0": the present objects as ADDED, then every change; N: every change after N
 * @param allowBookmarks whether BOOKMARK events may be sent
 * @param timeoutSeconds after which the server closes the watch; 0: the server chooses, 30 to 60 minutes
 * @param sendInitialEvents whether to send the present objects first and then a BOOKMARK that marks their end
 */
public record WatchRequest(
        Selection selection,
        String resourceVersion,
        boolean allowBookmarks,
        int timeoutSeconds,
        boolean sendInitialEvents) {

    /** @throws ApiStatusException 400 when the resourceVersion is none */
    public WatchRequest {
        ResourceVersions.parse(resourceVersion);
        if (timeoutSeconds < 0) {
            throw new IllegalArgumentException("timeoutSeconds must not be negative, but is " + timeoutSeconds);
        }
    }

    /** A watch from a version on, without bookmarks, as long as the server likes. */
    public static WatchRequest from(Selection selection, String resourceVersion) {
        return new WatchRequest(selection, resourceVersion, false, 0, false);
    }
}
