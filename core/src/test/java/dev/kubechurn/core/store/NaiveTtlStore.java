package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Strategy Cache as the rules say it, word by word and with no thought of speed: a map of what is remembered, a list of
 * what is under way, a clock that somebody sets. Also keeps which rules have decided something, so that a test can see
 * that it tested them.
 */
final class NaiveTtlStore {

    /** What the server would say now to a get with this version: an object or an error. */
    private final BiFunction<ObjectKey, String, Object> server;

    private final Map<ObjectKey, Integer> references = new TreeMap<>();
    private final Map<ObjectKey, Memory> memories = new HashMap<>();
    private final List<Fetch> underWay = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final TreeSet<String> rules = new TreeSet<>();
    private Duration now = Duration.ZERO;

    // Set by the test as the world changes.
    Duration latency = Duration.ZERO;
    Duration ttl = Duration.ZERO;
    boolean closed;

    /** A read: what it is told, once it is. */
    static final class Read {
        @Nullable
        String answer;
    }

    /** What is remembered of an object from one new reference to the next. */
    private static final class Memory {
        @Nullable
        ConfigMap value;

        @Nullable
        String absence;

        Duration fetchedAt = Duration.ZERO;
        boolean busy;
        boolean forgotten;
        final Deque<Read> waiting = new ArrayDeque<>();
    }

    private record Fetch(ObjectKey key, Memory memory, Read read, Object result, Duration due) {}

    NaiveTtlStore(BiFunction<ObjectKey, String, Object> server) {
        this.server = server;
    }

    void add(ObjectKey key) {
        if (references.merge(key, 1, Integer::sum) == 1) {
            told.add("added " + key.name());
        } else {
            rules.add("S20 others");
        }
        forget(key);
        memories.put(key, new Memory());
    }

    void delete(ObjectKey key) {
        Integer count = references.get(key);
        if (count == null) {
            return;
        }
        if (count > 1) {
            references.put(key, count - 1);
            rules.add("S31");
            return;
        }
        references.remove(key);
        forget(key);
        told.add("removed " + key.name());
    }

    private void forget(ObjectKey key) {
        Memory memory = memories.remove(key);
        if (memory != null) {
            memory.forgotten = true;
        }
    }

    Read get(ObjectKey key) {
        Read read = new Read();
        Memory memory = memories.get(key);
        if (memory == null) {
            read.answer = "NotRegistered: object \"" + key.namespace() + "\"/\"" + key.name() + "\" not registered";
        } else if (memory.busy) {
            rules.add("S32");
            memory.waiting.add(read);
        } else {
            take(key, memory, read);
        }
        return read;
    }

    /** What can be had without asking. */
    @Nullable
    String getNow(ObjectKey key) {
        Memory memory = memories.get(key);
        return memory != null && !memory.busy && fresh(memory) ? remembered(memory) : null;
    }

    /** Lets the clock run; answers come in order of time, then in the order in which they were asked for. */
    void advance(Duration duration) {
        Duration end = now.plus(duration);
        while (true) {
            Fetch next = null;
            for (Fetch fetch : underWay) {
                if (fetch.due.compareTo(end) <= 0 && (next == null || fetch.due.compareTo(next.due) < 0)) {
                    next = fetch;
                }
            }
            if (next == null) {
                now = end;
                return;
            }
            underWay.remove(next);
            now = next.due;
            arrive(next);
        }
    }

    private void arrive(Fetch fetch) {
        Memory memory = fetch.memory;
        memory.busy = false;
        fetch.read.answer = settle(fetch.key, memory, fetch.result);
        if (memory.forgotten) {
            rules.add("S20 under way");
        }
        while (!memory.busy && !memory.waiting.isEmpty()) {
            take(fetch.key, memory, memory.waiting.remove());
        }
    }

    /** A read that comes now and finds nobody before it. */
    private void take(ObjectKey key, Memory memory, Read read) {
        if (fresh(memory)) {
            rules.add("S21");
            read.answer = remembered(memory);
        } else if (closed) {
            read.answer = failed(memory, "the store is closed");
        } else {
            memory.busy = true;
            String version = memory.value == null ? "" : "0";
            requests.add("GET " + key + " " + version);
            underWay.add(new Fetch(key, memory, read, server.apply(key, version), now.plus(latency)));
        }
    }

    private String settle(ObjectKey key, Memory memory, Object result) {
        if (result instanceof ConfigMap object) {
            if (memory.value != null && version(object) < version(memory.value)) {
                rules.add("S27");
                return remembered(memory);
            }
            remember(key, memory, object, null);
            return remembered(memory);
        }
        ApiError error = (ApiError) result;
        if (error instanceof ApiError.Status status && status.code() == 404) {
            rules.add("S23");
            remember(key, memory, null, error.message());
            return remembered(memory);
        }
        return failed(memory, error.message());
    }

    private void remember(ObjectKey key, Memory memory, @Nullable ConfigMap value, @Nullable String absence) {
        memory.value = value;
        memory.absence = absence;
        memory.fetchedAt = now;
        if (!memory.forgotten) {
            told.add("applied " + key.name() + " " + (value == null ? "nothing" : text(value)));
        }
    }

    private String failed(Memory memory, String message) {
        if (memory.value == null && memory.absence == null) {
            rules.add("S24");
            return "Unavailable: " + message;
        }
        rules.add(memory.value != null ? "S25" : "S26");
        return remembered(memory);
    }

    private boolean fresh(Memory memory) {
        return memory.value != null && now.compareTo(memory.fetchedAt.plus(ttl)) < 0;
    }

    private static String remembered(Memory memory) {
        return memory.value != null ? text(memory.value) : "NotFound: " + memory.absence;
    }

    private static String text(ConfigMap object) {
        return String.valueOf(object.getData().get("value"));
    }

    private static long version(ConfigMap object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    SortedMap<ObjectKey, Integer> references() {
        return new TreeMap<>(references);
    }

    List<String> requests() {
        return requests;
    }

    /** What the listener hears since the last call. */
    List<String> takeTold() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    /** The rules that have decided something. */
    Set<String> rules() {
        return rules;
    }
}
