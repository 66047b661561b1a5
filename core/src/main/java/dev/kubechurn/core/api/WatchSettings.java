package dev.kubechurn.core.api;

import java.time.Duration;

/**
 * How reflectors watch, beyond the rules that hold for all of them.
 *
 * @param minWatchTimeout the shortest time limit of a watch, in whole seconds; the longest is twice as long (R6)
 * @param watchList whether a round takes its initial list from its watch (WatchList, KEP-3157); if not, from a list (R1)
 */
public record WatchSettings(Duration minWatchTimeout, boolean watchList) {

    /** As kubelets have it: from 30 minutes, with lists. */
    public static final WatchSettings DEFAULT = new WatchSettings(Duration.ofMinutes(30), false);

    public WatchSettings {
        if (minWatchTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "a watch of " + minWatchTimeout + " is too short: a second is the least");
        }
    }

    /** The shortest time limit as a request carries it. */
    public int minWatchSeconds() {
        return Math.toIntExact(minWatchTimeout.toSeconds());
    }
}
