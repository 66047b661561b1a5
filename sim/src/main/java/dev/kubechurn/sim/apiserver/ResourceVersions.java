package dev.kubechurn.sim.apiserver;

/** What clients may write for a resourceVersion. */
final class ResourceVersions {

    private ResourceVersions() {}

    /**
     * The number; 0 for the empty text.
     *
     * @throws ApiStatusException 400 when it is none
     */
    static long parse(String resourceVersion) {
        if (resourceVersion.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < resourceVersion.length(); i++) {
            char c = resourceVersion.charAt(i);
            if (c < '0' || c > '9' || i >= 18) {
                throw ApiStatusException.badRequest("resourceVersion: Invalid value: \"" + resourceVersion
                        + "\": must be a number of 1 to 18 digits");
            }
        }
        return Long.parseLong(resourceVersion);
    }

    /**
     * Refuses versions that the server has not come to.
     *
     * @throws ApiStatusException 504 with the cause ResourceVersionTooLarge
     */
    static void requireReached(String resourceVersion, long current) {
        long wanted = parse(resourceVersion);
        if (wanted > current) {
            throw ApiStatusException.tooLargeResourceVersion(wanted, current);
        }
    }
}
