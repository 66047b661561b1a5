package dev.kubechurn.sim.run;

import dev.kubechurn.sim.metrics.ObjectId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What kubelets asked of a server and got, counted on their side, where the server does not tell. Safe from any thread. */
final class ClientTally {

    private final Runnable happened;

    // Guarded by this.
    private final Map<String, Long> requests = new TreeMap<>();
    private final Map<ObjectId, Integer> open = new HashMap<>();
    private long events;
    private long bookmarks;
    private int underWay;
    private long watches;
    private long watchesPeak;

    /** @param happened told whenever a watch begins or ends, or an answer came */
    ClientTally(Runnable happened) {
        this.happened = happened;
    }

    synchronized void asked(String verb) {
        requests.merge(verb, 1L, Long::sum);
    }

    /** A request was sent whose answer is to come. */
    synchronized void began() {
        underWay++;
    }

    /** Its answer came, and whatever follows from it has been asked for. */
    void ended() {
        synchronized (this) {
            underWay--;
        }
        happened.run();
    }

    synchronized int underWay() {
        return underWay;
    }

    synchronized void event(boolean bookmark) {
        events++;
        bookmarks += bookmark ? 1 : 0;
    }

    /** How many of the events were bookmarks, which come when the server likes. */
    synchronized long bookmarks() {
        return bookmarks;
    }

    void watchOpened(ObjectId object) {
        synchronized (this) {
            open.merge(object, 1, Integer::sum);
            watches++;
            watchesPeak = Math.max(watchesPeak, watches);
        }
        happened.run();
    }

    void watchClosed(ObjectId object) {
        synchronized (this) {
            open.computeIfPresent(object, (any, count) -> count > 1 ? count - 1 : null);
            watches--;
        }
        happened.run();
    }

    synchronized ServerLoad load() {
        return new ServerLoad(new TreeMap<>(requests), events, ServerLoad.UNKNOWN, watches, watchesPeak);
    }

    synchronized Map<ObjectId, Integer> openWatches() {
        return new HashMap<>(open);
    }
}
