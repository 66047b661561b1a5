package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.store.TtlSource;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What the stores of one node need beside their API server; each strategy takes its part.
 *
 * @param scheduler the clock of all strategies, and the timers of Watch
 * @param random draws from [0, 1), safe from any thread (Watch: R6, R11)
 * @param resync the kubelet's sync interval (Watch: S9)
 * @param reflectors how they watch (Watch: R6)
 * @param ttl for how long a value is fresh (Cache: S29)
 */
public record StoreSettings(
        Scheduler scheduler, DoubleSupplier random, Duration resync, WatchSettings reflectors, TtlSource ttl) {

    public StoreSettings {
        if (resync.isNegative()) {
            throw new IllegalArgumentException("resync must not be negative, but is " + resync);
        }
    }

    /** With reflectors as kubelets have them. */
    public StoreSettings(Scheduler scheduler, DoubleSupplier random, Duration resync, TtlSource ttl) {
        this(scheduler, random, resync, WatchSettings.DEFAULT, ttl);
    }
}
