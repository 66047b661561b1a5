package dev.kubechurn.core.api;

import java.time.Duration;

/**
 * How objects are watched, beyond the rules that hold for all of them.
 *
 * @param minWatchTimeout the shortest time limit of a watch, in whole seconds; the longest is twice as long (R6)
 * @param watchList whether a round takes its initial list from its watch (WatchList, KEP-3157); if not, from a list (R1)
 * @param idleStop whether the watch of an object that nobody reads is stopped after a while (S9), as since 1.21; kubelets
 *     before that held it as long as a pod named the object (X3)
 * @param readWait how a read waits for the first list (S3)
 */
public record WatchSettings(Duration minWatchTimeout, boolean watchList, boolean idleStop, ReadWait readWait) {

    /** As kubelets have it: from 30 minutes, with lists, with the idle stop, and with reads that poll. */
    public static final WatchSettings DEFAULT = new WatchSettings(Duration.ofMinutes(30), false, true);

    /** With reads that poll, as kubelets' do. */
    public WatchSettings(Duration minWatchTimeout, boolean watchList, boolean idleStop) {
        this(minWatchTimeout, watchList, idleStop, ReadWait.POLLED);
    }

    public WatchSettings {
        if (minWatchTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "minimum watch timeout " + minWatchTimeout + " is too short: use at least 1 second");
        }
    }

    /** These settings with reads that wait in another way. */
    public WatchSettings withReadWait(ReadWait wait) {
        return new WatchSettings(minWatchTimeout, watchList, idleStop, wait);
    }

    /** The shortest time limit as a request carries it. */
    public int minWatchSeconds() {
        return Math.toIntExact(minWatchTimeout.toSeconds());
    }
}
