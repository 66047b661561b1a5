package dev.kubechurn.sim.apiserver;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one write for its watches: each look that it can have at most once, and only when somebody sees it. Guarded by
 * the store's lock.
 */
final class EventEncoder {

    private final ObjectCodec codec;
    private final StoreEvent event;
    private final Map<ChangeType, EncodedEvent> byType = new EnumMap<>(ChangeType.class);

    EventEncoder(ObjectCodec codec, StoreEvent event) {
        this.codec = codec;
        this.event = event;
    }

    StoreEvent event() {
        return event;
    }

    /** The event as the selection sees it; null when it does not. */
    @Nullable
    EncodedEvent seenBy(Selection selection) {
        @Nullable ChangeType type = event.seenBy(selection);
        if (type == null) {
            return null;
        }
        return byType.computeIfAbsent(type, look -> EncodedEvent.of(look, seenAs(look)));
    }

    /** An object that left the selection is shown as it was in it, under the revision at which it left. */
    private StoredObject seenAs(ChangeType type) {
        @Nullable StoredObject previous = event.previous();
        boolean left = type == ChangeType.DELETED && event.type() != ChangeType.DELETED;
        return left && previous != null ? codec.restamp(previous, event.revision()) : event.object();
    }
}
