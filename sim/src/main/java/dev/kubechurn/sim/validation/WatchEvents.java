package dev.kubechurn.sim.validation;

import java.util.Map;
import java.util.TreeMap;

/**
 * The events that a server sent to the watches of kubelets: all but those of watches of all namespaces, which see each write too.
 *
 * @param bytes of them, and of the bookmarks of all watches
 */
record WatchEvents(long count, double bytes) {

    static WatchEvents between(ServerCounts before, ServerCounts after, Server.Others others) {
        Map<String, Long> writes = difference(after.writes(), before.writes());
        long events = sum(after.events()) - sum(before.events());
        double bytes = after.eventBytes().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum()
                - before.eventBytes().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
        return new WatchEvents(events - others.eventsOf(writes), bytes - others.bytesOf(writes));
    }

    long bytesEach() {
        return count <= 0 ? 0 : Math.round(bytes / count);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
        Map<String, Long> difference = new TreeMap<>(after);
        before.forEach((key, value) -> difference.merge(key, -value, Long::sum));
        return difference;
    }
}
