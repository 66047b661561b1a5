package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.core.store.WatchingStore;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What the stores of one node need beside their API server; each strategy takes its part.
 *
 * @param scheduler the clock of all strategies, and the timers of Watch
 * @param random draws from [0, 1), safe from any thread (Watch: R6, R11)
 * @param resync the kubelet's sync interval (Watch: S9)
 * @param minWatchTimeout the shortest time limit of a watch; the longest is twice as long (Watch: R6)
 * @param ttl for how long a value is fresh (Cache: S29)
 */
public record StoreSettings(
        Scheduler scheduler, DoubleSupplier random, Duration resync, Duration minWatchTimeout, TtlSource ttl) {

    /** What today's kubelets have. */
    public static final Duration MIN_WATCH_TIMEOUT = WatchingStore.MIN_WATCH_TIMEOUT;

    public StoreSettings {
        if (resync.isNegative()) {
            throw new IllegalArgumentException("resync is " + resync + " but must not be negative");
        }
    }

    /** With today's time limits of watches. */
    public StoreSettings(Scheduler scheduler, DoubleSupplier random, Duration resync, TtlSource ttl) {
        this(scheduler, random, resync, MIN_WATCH_TIMEOUT, ttl);
    }
}
