package dev.kubechurn.sim.apiserver.virtual;

import java.util.Iterator;
import java.util.LinkedHashSet;

/**
 * One API server behind the address: serves so many requests at once, lets so many more wait, first come first served,
 * and refuses the rest. For the scheduler's thread.
 */
final class Replica {

    private final int maxInFlight;
    private final int queue;
    private final LinkedHashSet<VirtualRequest> waiting = new LinkedHashSet<>();
    private int inFlight;
    private int downs;
    private int inFlightPeak;
    private int queuePeak;
    private long rejected;
    private int watches;
    private int watchesPeak;

    Replica(ServerModel model) {
        this.maxInFlight = model.maxInFlight();
        this.queue = model.queue();
    }

    /** A request has come: it is begun, waits, or is rejected. */
    void admit(VirtualRequest request) {
        if (isDown()) {
            inFlight++; // nobody is there who could have it wait: it is refused when it begins
            request.begin();
        } else if (inFlight < maxInFlight) {
            inFlight++;
            inFlightPeak = Math.max(inFlightPeak, inFlight);
            request.begin();
        } else if (waiting.size() < queue) {
            waiting.add(request);
            queuePeak = Math.max(queuePeak, waiting.size());
        } else {
            rejected++;
            request.rejected();
        }
    }

    /** A request that was begun is over; its place goes to the one that has waited longest. */
    void release() {
        if (waiting.isEmpty()) {
            inFlight--;
        } else {
            Iterator<VirtualRequest> first = waiting.iterator();
            VirtualRequest next = first.next();
            first.remove();
            next.begin();
        }
    }

    /** A request that waits is given up. */
    void leave(VirtualRequest request) {
        waiting.remove(request);
    }

    /** Goes down, for one reason more; what it has begun it answers. */
    void goDown() {
        downs++;
    }

    /** One reason less to be down. */
    void comeUp() {
        downs--;
    }

    boolean isDown() {
        return downs > 0;
    }

    int waiting() {
        return waiting.size();
    }

    void watchOpened() {
        watches++;
        watchesPeak = Math.max(watchesPeak, watches);
    }

    void watchClosed() {
        watches--;
    }

    NetworkFigures.OfReplica figures() {
        return new NetworkFigures.OfReplica(inFlightPeak, queuePeak, rejected, watches, watchesPeak);
    }
}
