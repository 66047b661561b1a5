package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.WatchEvent;
import org.jspecify.annotations.Nullable;

/** What is on its way behind the first event of a watch: an event, or the end, with a last event or without. */
final class PendingEvent {

    @Nullable
    WatchEvent event;

    final boolean end;

    /** When it arrives, on the scheduler's clock. */
    final long atNanos;

    /** The one behind it; of the last one, the first. */
    PendingEvent next = this;

    PendingEvent(@Nullable WatchEvent event, boolean end, long atNanos) {
        this.event = event;
        this.end = end;
        this.atNanos = atNanos;
    }
}
