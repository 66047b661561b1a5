package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Statuses;
import dev.kubechurn.core.testing.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One seed's server with a real store and a naive one, to which the same things happen. */
final class TtlWorld extends TtlRig {

    private static final List<ObjectKey> KEYS =
            List.of(new ObjectKey("shop", "a"), new ObjectKey("shop", "b"), new ObjectKey("bank", "c"));
    private static final List<Duration> ADVANCES = List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(15).minusNanos(1),
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofSeconds(60));
    private static final List<Duration> LATENCIES =
            List.of(Duration.ZERO, Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(1), Duration.ofSeconds(15));
    private static final List<Ttl> TTLS = List.of(
            new Ttl("60", 60),
            new Ttl("15", 15),
            new Ttl("0", 0),
            new Ttl("-5", -5),
            new Ttl("soon", 60),
            new Ttl(null, 60));

    private final SplittableRandom random;
    private final NaiveTtlStore naive = new NaiveTtlStore(this::answerOfServer);
    private final List<Pair> reads = new ArrayList<>();
    private final Deque<ApiError> failures = new ArrayDeque<>();
    private @Nullable Map<ObjectKey, HasMetadata> stale;
    private int changes;

    /** An annotation and what it means (S29). */
    private record Ttl(@Nullable String annotation, long seconds) {}

    /** The same read of both stores. */
    private record Pair(ObjectKey key, RecordingReader<ConfigMap> reader, NaiveTtlStore.Read expected) {}

    TtlWorld(long seed) {
        random = new SplittableRandom(seed);
        changeTtl();
    }

    /** Does one random thing to both; what it did. */
    String act() {
        ObjectKey key = pick(KEYS);
        String done = switch (random.nextInt(32)) {
            case 0, 1, 2, 3 -> add(key);
            case 4, 5, 6 -> delete(key);
            case 7, 8, 9, 10, 11, 12, 13, 14, 15 -> startRead(key);
            case 16, 17, 18, 19 -> change(key);
            case 20, 21, 22, 23, 24, 25 -> advance(pick(ADVANCES));
            case 26, 27 -> fail();
            case 28 -> changeLatency();
            case 29 -> changeTtl();
            case 30 -> changeStaleness();
            default -> random.nextInt(40) == 0 ? close() : startRead(key);
        };
        return random.nextInt(4) == 0 ? done : done + ", " + advance(Duration.ZERO);
    }

    private String add(ObjectKey key) {
        store.addReference(key);
        naive.add(key);
        return "add " + key;
    }

    private String delete(ObjectKey key) {
        store.deleteReference(key);
        naive.delete(key);
        return "delete " + key;
    }

    private String startRead(ObjectKey key) {
        reads.add(new Pair(key, get(key), naive.get(key)));
        return "read " + key;
    }

    private String change(ObjectKey key) {
        boolean there = server.newest(ObjectKind.CONFIG_MAP, key) != null;
        if (there && random.nextInt(3) == 0) {
            server.delete(ObjectKind.CONFIG_MAP, key);
            return "remove " + key;
        }
        ConfigMap object = Samples.configMap(key.namespace(), key.name(), "change " + ++changes);
        if (there) {
            server.update(object);
        } else {
            server.create(object);
        }
        return (there ? "update " : "create ") + key;
    }

    private String advance(Duration duration) {
        scheduler.advance(duration);
        naive.advance(duration);
        return "advance " + duration;
    }

    private String fail() {
        ApiError error = random.nextInt(4) == 0
                ? new ApiError.Transport("connection reset")
                : Statuses.of(pick(List.of(403, 404, 429, 500)));
        server.failNext(Verb.GET, error);
        failures.add(error);
        return "fail the next get with " + error.message();
    }

    private String changeLatency() {
        naive.latency = pick(LATENCIES);
        server.latency(naive.latency);
        return "latency " + naive.latency;
    }

    private String changeTtl() {
        Ttl ttl = pick(TTLS);
        annotation = ttl.annotation;
        naive.ttl = Duration.ofSeconds(ttl.seconds);
        return "ttl " + ttl.annotation;
    }

    /** The server's cache falls behind, or catches up. */
    private String changeStaleness() {
        if (stale != null) {
            stale = null;
            server.heal();
            return "heal";
        }
        stale = new HashMap<>();
        for (ObjectKey key : KEYS) {
            HasMetadata object = server.newest(ObjectKind.CONFIG_MAP, key);
            if (object != null) {
                stale.put(key, object);
            }
        }
        server.staleReads();
        return "stale reads";
    }

    private String close() {
        store.close();
        naive.closed = true;
        return "close";
    }

    /** What the server says, told without the server's own get. */
    private Object answerOfServer(ObjectKey key, String version) {
        ApiError failure = failures.poll();
        if (failure != null) {
            return failure;
        }
        HasMetadata object =
                stale != null && version.equals("0") ? stale.get(key) : server.newest(ObjectKind.CONFIG_MAP, key);
        String missing = "configmaps \"" + key.name() + "\" not found";
        return object != null ? object : new ApiError.Status(404, "NotFound", missing);
    }

    /** Both stores have said, asked and told the same. */
    void check() {
        for (Pair read : reads) {
            assertThat(answer(read.reader)).as("read of " + read.key).isEqualTo(read.expected.answer);
        }
        reads.removeIf(read -> read.reader.answered());
        assertThat(store.references()).as("references").isEqualTo(naive.references());
        assertThat(server.requests()).as("requests").isEqualTo(naive.requests());
        assertThat(listener.take()).as("told to the listener").isEqualTo(naive.takeTold());
        for (ObjectKey key : KEYS) {
            ConfigMap now = store.getNow(key.namespace(), key.name());
            assertThat(now == null ? null : Samples.value(now))
                    .as("at hand of " + key)
                    .isEqualTo(naive.getNow(key));
        }
    }

    /** In the end no read is left without its answer, and the store has nothing going on. */
    void end() {
        for (int i = 0; !reads.isEmpty(); i++) {
            assertThat(i).as("turns until all reads are answered").isLessThan(200);
            String unused = advance(Duration.ofMinutes(1));
            check();
        }
        String unused = advance(Duration.ofMinutes(1));
        check();
        assertThat(scheduler.pending()).as("timers left").isZero();
    }

    Set<String> rules() {
        return naive.rules();
    }

    private static @Nullable String answer(RecordingReader<ConfigMap> reader) {
        if (!reader.answered()) {
            return null;
        }
        LookupError error = reader.failure();
        return error == null
                ? Samples.value(reader.object())
                : error.getClass().getSimpleName() + ": " + error.message();
    }

    private <E> E pick(List<E> list) {
        return list.get(random.nextInt(list.size()));
    }
}
