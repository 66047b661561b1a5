package dev.kubechurn.sim.apiserver;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of what clients ask of the server and what it sends them. Fed by carriers: what a program does to the store
 * directly does not count. Safe from any thread and cheap; a snapshot taken meanwhile may miss the newest counts.
 */
public final class ServerStatistics {

    private static final int LARGEST_CODE = 599;

    private final Map<Verb, LongAdder> requestsByVerb = new EnumMap<>(Verb.class);
    private final AtomicReferenceArray<LongAdder> responsesByCode = new AtomicReferenceArray<>(1 + LARGEST_CODE);
    private final LongAdder events = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicInteger openWatches = new AtomicInteger();
    private final AtomicInteger peakWatches = new AtomicInteger();

    public ServerStatistics() {
        for (Verb verb : Verb.values()) {
            requestsByVerb.put(verb, new LongAdder());
        }
    }

    /**
     * What was counted so far.
     *
     * @param requests by verb, every verb
     * @param responses by HTTP status; a WebSocket watch that was opened counts as 101
     * @param watchEvents events sent, bookmarks and errors among them
     * @param bytesSent UTF-8 bytes of response bodies and watch events, without headers and framing
     */
    public record Snapshot(
            Map<Verb, Long> requests,
            SortedMap<Integer, Long> responses,
            long watchEvents,
            long bytesSent,
            int openWatches,
            int peakWatches) {

        public Snapshot {
            requests = Collections.unmodifiableMap(new EnumMap<>(requests));
            responses = Collections.unmodifiableSortedMap(new TreeMap<>(responses));
        }

        /** The requests with one verb. */
        public long requests(Verb verb) {
            return requests.getOrDefault(verb, 0L);
        }
    }

    /** A request was answered, or its watch was opened. */
    public void answered(Verb verb, int code, long bodyBytes) {
        Objects.requireNonNull(requestsByVerb.get(verb)).increment();
        responses(code).increment();
        bytes.add(bodyBytes);
    }

    private LongAdder responses(int code) {
        LongAdder known = responsesByCode.get(code);
        if (known != null) {
            return known;
        }
        responsesByCode.compareAndSet(code, null, new LongAdder());
        return responsesByCode.get(code);
    }

    /** A watch event was sent. */
    public void eventSent(long utf8Bytes) {
        eventsSent(1, utf8Bytes);
    }

    /** The same event was sent to so many watches. */
    public void eventsSent(int watches, long utf8Bytes) {
        events.add(watches);
        bytes.add(watches * utf8Bytes);
    }

    public void watchOpened() {
        peakWatches.accumulateAndGet(openWatches.incrementAndGet(), Math::max);
    }

    public void watchClosed() {
        openWatches.decrementAndGet();
    }

    public Snapshot snapshot() {
        EnumMap<Verb, Long> requests = new EnumMap<>(Verb.class);
        requestsByVerb.forEach((verb, count) -> requests.put(verb, count.sum()));
        TreeMap<Integer, Long> responses = new TreeMap<>();
        for (int code = 0; code <= LARGEST_CODE; code++) {
            LongAdder count = responsesByCode.get(code);
            if (count != null) {
                responses.put(code, count.sum());
            }
        }
        return new Snapshot(requests, responses, events.sum(), bytes.sum(), openWatches.get(), peakWatches.get());
    }
}
