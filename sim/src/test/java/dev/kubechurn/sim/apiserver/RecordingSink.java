package dev.kubechurn.sim.apiserver;

import java.util.ArrayList;
import java.util.List;

/** A sink that keeps what it is given. Safe from any thread. */
final class RecordingSink implements WatchSink {

    private final List<EncodedEvent> events = new ArrayList<>();
    private boolean closed;

    @Override
    public synchronized void event(EncodedEvent event) {
        if (closed) {
            throw new IllegalStateException("an event after the end");
        }
        events.add(event);
    }

    @Override
    public synchronized void closed() {
        if (closed) {
            throw new IllegalStateException("closed twice");
        }
        closed = true;
    }

    synchronized List<EncodedEvent> events() {
        return List.copyOf(events);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Each event as "ADDED 2". */
    synchronized List<String> summary() {
        return events.stream().map(EncodedEvent::toString).toList();
    }
}
