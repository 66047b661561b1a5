package dev.kubechurn.sim.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The load on an API server since its start, or at one moment. Immutable.
 *
 * @param requests by verb: {@code list}, {@code watch}, {@code get}
 * @param events sent to watches
 * @param bytes of all answers' bodies and events
 * @param watches open now
 * @param watchesPeak open at once at most
 */
public record ServerLoad(SortedMap<String, Long> requests, long events, long bytes, long watches, long watchesPeak) {

    public ServerLoad {
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    }

    public long requests(String verb) {
        return requests.getOrDefault(verb, 0L);
    }

    public long allRequests() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }
}
