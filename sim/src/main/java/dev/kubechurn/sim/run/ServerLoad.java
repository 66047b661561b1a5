package dev.kubechurn.sim.run;

import dev.kubechurn.sim.apiserver.ServerStatistics;
import dev.kubechurn.sim.apiserver.Verb;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The load on an API server since its start, or at one moment. Immutable.
 *
 * @param requests by verb: {@code list}, {@code watch}, {@code get}
 * @param events sent to watches
 * @param bytes of all answers' bodies and events; {@link #UNKNOWN} where nobody can tell
 * @param watches open now
 * @param watchesPeak open at once at most
 */
public record ServerLoad(SortedMap<String, Long> requests, long events, long bytes, long watches, long watchesPeak) {

    static final long UNKNOWN = -1;

    /** Of every metric of what was asked after the load, while checks were made. */
    static final String OF_CHECKS = "checks.";

    public ServerLoad {
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    }

    static ServerLoad of(ServerStatistics.Snapshot counted, int openWatches) {
        SortedMap<String, Long> requests = new TreeMap<>();
        for (Verb verb : Verb.values()) {
            requests.put(verb.name().toLowerCase(Locale.ROOT), counted.requests(verb));
        }
        return new ServerLoad(requests, counted.watchEvents(), counted.bytesSent(), openWatches, counted.peakWatches());
    }

    public long requests(String verb) {
        return requests.getOrDefault(verb, 0L);
    }

    public long allRequests() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }
}
