package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.sim.metrics.ObjectId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each node's kubelet asks for each object, and what it is sent: for runs that must tell who costs what. Bookmarks are
 * left out. For the scheduler's thread.
 */
public final class RequestTally {

    private final Map<Place, Counts> counts = new TreeMap<>();

    /** One object on one node. */
    public record Place(int node, ObjectId object) implements Comparable<Place> {

        /** By node, then object. */
        @Override
        public int compareTo(Place other) {
            int byNode = Integer.compare(node, other.node);
            return byNode != 0 ? byNode : object.compareTo(other.object);
        }
    }

    /**
     * What was counted.
     *
     * @param watches requests for a watch
     * @param open watches that are open now
     * @param events changes sent
     * @param bytes of answers and events
     */
    public record Load(long lists, long gets, long watches, long open, long events, long bytes) {

        public static final Load NONE = new Load(0, 0, 0, 0, 0, 0);

        public Load plus(Load other) {
            return new Load(
                    lists + other.lists,
                    gets + other.gets,
                    watches + other.watches,
                    open + other.open,
                    events + other.events,
                    bytes + other.bytes);
        }
    }

    private static final class Counts {
        private long lists;
        private long gets;
        private long watches;
        private long open;
        private long events;
        private long bytes;
    }

    void answered(Place place, KubeletVerb verb, long bodyBytes) {
        Counts of = of(place);
        switch (verb) {
            case LIST -> of.lists++;
            case GET -> of.gets++;
            case WATCH -> of.watches++;
        }
        of.bytes += bodyBytes;
    }

    void opened(Place place) {
        of(place).open++;
    }

    void closed(Place place) {
        of(place).open--;
    }

    void eventSent(Place place, long utf8Bytes) {
        Counts of = of(place);
        of.events++;
        of.bytes += utf8Bytes;
    }

    private Counts of(Place place) {
        return counts.computeIfAbsent(place, any -> new Counts());
    }

    /** All that was counted so far. */
    public SortedMap<Place, Load> loads() {
        SortedMap<Place, Load> loads = new TreeMap<>();
        counts.forEach(
                (place, of) -> loads.put(place, new Load(of.lists, of.gets, of.watches, of.open, of.events, of.bytes)));
        return Collections.unmodifiableSortedMap(loads);
    }
}
