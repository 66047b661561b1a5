package dev.kubechurn.core.store;

import static dev.kubechurn.core.store.StoreRig.APP;
import static dev.kubechurn.core.store.StoreRig.MINUTE;
import static dev.kubechurn.core.store.StoreRig.OTHER;
import static dev.kubechurn.core.store.StoreRig.SECOND;
import static dev.kubechurn.core.store.StoreRig.TICK;
import static dev.kubechurn.core.store.StoreRig.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Statuses;
import dev.kubechurn.core.testing.Verb;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link ObjectStore} owes its manager, whatever its strategy. How fresh a read is differs: each store states
 * its own promises by the abstract methods, and is held to them exactly.
 */
abstract class ObjectStoreContract {

    private static final Duration LATENCY = Duration.ofMillis(400);
    private static final int OFTEN = 1_000;

    final VirtualScheduler scheduler = new VirtualScheduler();
    final FakeServer server = new FakeServer(scheduler);
    final RecordingListener listener = new RecordingListener();
    private ObjectStore<ConfigMap> store;

    /** The store under test, of ConfigMaps, on this scheduler, server and listener. */
    abstract ObjectStore<ConfigMap> newStore();

    // The promises.

    /** Whether only referenced objects can be read (S2, M9); else nothing is counted (M14). */
    abstract boolean needsReference();

    /** How long after the last fetch or event a change stays unseen: no longer, and no shorter. */
    abstract Duration staleness();

    /** Whether a value that was just read can be had from memory (S4, S21). */
    abstract boolean atHand();

    /** Whether the first read is as new as the server, though the server's cache be stale (R2, S22, S40). */
    abstract boolean firstReadIsNewest();

    /** What a read is told when no request has ever got through. */
    abstract LookupError outage(ApiError error);

    /** Whether a value that was read once is given when the server is away (S6, S25). */
    abstract boolean bridgesOutage();

    /** What a read that waits is told when the last reference goes (S13, S20). */
    abstract String readLeftBehind(String value);

    /** What is told of an object that is not there. */
    abstract String missing(ObjectKey key);

    /** What a read after closing is told of a value that was read before it (S14). */
    abstract String afterClosing(String value);

    /** Whether a read freezes an immutable object for good (S7, S33). */
    abstract boolean freezesImmutable();

    @BeforeEach
    void makeStore() {
        store = newStore();
    }

    // References.

    @Test
    @DisplayName("M2, M9: each reference counts one, up and down")
    void countsReferences() {
        store.addReference(APP);
        store.addReference(APP);
        store.addReference(OTHER);
        assertThat(store.references()).isEqualTo(counted(Map.of(APP, 2, OTHER, 1)));
        store.deleteReference(APP);
        assertThat(store.references()).isEqualTo(counted(Map.of(APP, 1, OTHER, 1)));
        store.deleteReference(APP);
        store.deleteReference(OTHER);
        assertThat(store.references()).isEmpty();
    }

    private Map<ObjectKey, Integer> counted(Map<ObjectKey, Integer> counts) {
        return needsReference() ? counts : Map.of();
    }

    @Test
    @DisplayName("M9: a drop of a reference that nobody holds does nothing, neither then nor to later counts")
    void strayDropDoesNothing() {
        server.create(Samples.configMap("app", "a"));
        store.deleteReference(APP);
        store.addReference(OTHER);
        store.deleteReference(APP);
        assertThat(store.references()).isEqualTo(counted(Map.of(OTHER, 1)));
        store.addReference(APP);

        assertThat(read(APP)).isEqualTo("a");
        assertThat(store.references()).isEqualTo(counted(Map.of(APP, 1, OTHER, 1)));
    }

    @Test
    @DisplayName("S2, M9, S40: without a reference a read is NotRegistered and asks nothing, where one is needed")
    void readWithoutReference() {
        server.create(Samples.configMap("app", "a"));
        assertThat(read(APP)).isEqualTo(needsReference() ? "NotRegistered" : "a");
        assertThat(server.requests()).hasSize(needsReference() ? 0 : 1);
        assertThat(now(APP)).isEqualTo("nothing");
    }

    @Test
    @DisplayName("M9: with the last reference the entry goes, not before")
    void lastReferenceTakesTheEntry() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        store.deleteReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        store.deleteReference(APP);

        assertThat(now(APP)).isEqualTo("nothing");
        if (needsReference()) {
            assertThat(get(APP).error()).isEqualTo(new LookupError.NotRegistered(APP));
            assertThat(server.openWatches()).isEmpty();
        }
    }

    @Test
    @DisplayName("M9, S13, S20: a reference after the last one starts anew: no old value, however fresh")
    void referenceAgainStartsAnew() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        store.deleteReference(APP);
        server.update(Samples.configMap("app", "b"));
        store.addReference(APP);

        assertThat(now(APP)).isEqualTo("nothing");
        assertThat(read(APP)).isEqualTo("b");
    }

    @Test
    @DisplayName("R2, S22, S40: the first read with a stale server cache: newest by quorum, else the cache's state")
    void firstReadFromAStaleServer() {
        server.create(Samples.configMap("app", "a"));
        server.staleReads();
        server.update(Samples.configMap("app", "b"));
        store.addReference(APP);

        assertThat(read(APP)).isEqualTo(firstReadIsNewest() ? "b" : "a");
        scheduler.advance(staleness());
        assertThat(read(APP)).isEqualTo("b");
    }

    @Test
    @DisplayName("M10: the same name in two namespaces is two objects")
    void namespacesAreSeparate() {
        ObjectKey elsewhere = new ObjectKey("bank", "app");
        server.create(Samples.configMap("app", "shop's"));
        server.create(Samples.configMap("bank", "app", "bank's"));
        store.addReference(APP);
        store.addReference(elsewhere);
        assertThat(List.of(read(APP), read(elsewhere))).containsExactly("shop's", "bank's");
        store.deleteReference(elsewhere);

        assertThat(read(APP)).isEqualTo("shop's");
        assertThat(store.references()).isEqualTo(counted(Map.of(APP, 1)));
    }

    @Test
    @DisplayName("The listener hears of an entry's coming and going, once each, whatever the count")
    void listenerHearsOfEntries() {
        store.addReference(APP);
        store.addReference(APP);
        store.deleteReference(APP);
        store.deleteReference(APP);
        store.deleteReference(APP);

        assertThat(listener.take().stream().filter(told -> !told.startsWith("applied")))
                .isEqualTo(needsReference() ? List.of("added app", "removed app") : List.of());
    }

    // Freshness.

    @Test
    @DisplayName("S5, S21, S40: an update shows when the store's staleness is over, and not before")
    void updateShowsInTime() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.update(Samples.configMap("app", "b"));
        showsInTime("a", "b");
    }

    @Test
    @DisplayName("S5, S23, S41: a deletion shows when the store's staleness is over; a creation with the next read")
    void deletionShowsInTime() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.delete(ObjectKind.CONFIG_MAP, APP);
        showsInTime("a", "NotFound");
        server.create(Samples.configMap("app", "c"));
        showsAtOnce("c");
    }

    private void showsInTime(String before, String after) {
        if (!staleness().isZero()) {
            scheduler.advance(staleness().minus(TICK));
            assertThat(read(APP)).as("just before").isEqualTo(before);
            scheduler.advance(TICK);
        }
        showsAtOnce(after);
    }

    private void showsAtOnce(String value) {
        scheduler.runDue();
        assertThat(read(APP)).isEqualTo(value);
    }

    @Test
    @DisplayName("S4, S23, S41: a missing object is NotFound with its text, is not at hand, and shows once created")
    void missingObject() {
        store.addReference(APP);
        assertThat(answered(APP).error()).isEqualTo(new LookupError.NotFound(missing(APP)));
        assertThat(now(APP)).isEqualTo("nothing");
        server.create(Samples.configMap("app", "a"));
        showsAtOnce("a");
    }

    @Test
    @DisplayName("A read from memory gives what a read gives, and sends nothing")
    void readFromMemory() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        int requests = server.requests().size();

        assertThat(now(APP)).isEqualTo(atHand() ? "a" : "nothing");
        assertThat(server.requests()).hasSize(requests);
        if (atHand()) {
            assertThat(store.getNow("shop", "app")).isSameAs(answered(APP).object());
        }
    }

    @Test
    @DisplayName("S7, S33, S40: an immutable object that was read and then replaced")
    void immutableObject() {
        server.create(Samples.immutableConfigMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.delete(ObjectKind.CONFIG_MAP, APP);
        server.create(Samples.configMap("app", "b"));
        showsInTime("a", freezesImmutable() ? "a" : "b");
    }

    @Test
    @DisplayName(
            "S5, S27, R2, R4: no read of one entry is older than a read before it, whatever the server's cache says")
    void readsNeverGoBack() {
        long seed = Long.getLong("kubechurn.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        server.create(Samples.configMap("app", "0"));
        store.addReference(APP);
        List<Integer> seen = new ArrayList<>();
        for (int second = 1; second <= 3_600; second++) {
            disturb(random, second);
            scheduler.advance(SECOND);
            RecordingReader<ConfigMap> reader = get(APP);
            scheduler.advance(SECOND);
            if (reader.found() != null) {
                seen.add(Integer.valueOf(Samples.value(reader.object())));
            }
        }

        assertThat(seen).as("seed " + seed).isSorted().hasSizeGreaterThan(1_000);
        assertThat(seen.stream().distinct().count()).as("seed " + seed).isGreaterThan(50);
    }

    private void disturb(SplittableRandom random, int second) {
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> server.update(Samples.configMap("app", Integer.toString(second)));
            case 4 -> server.staleReads();
            case 5, 6 -> server.heal();
            case 7 -> server.dropWatches();
            case 8 -> server.expireWatches();
            case 9 -> server.partition();
            case 10 -> server.failNext(random.nextBoolean() ? Verb.GET : Verb.LIST, 500, 2);
            case 11 -> server.latency(LATENCY);
            case 12 -> server.latency(Duration.ZERO);
            case 13 -> {
                store.addReference(APP);
                store.deleteReference(APP);
            }
            default -> {}
        }
    }

    // Failures.

    static Stream<ApiError> failures() {
        return Stream.of(
                Statuses.of(403),
                Statuses.of(410),
                Statuses.of(429),
                Statuses.of(500),
                Statuses.of(503),
                new ApiError.ConnectionRefused("connection refused"),
                new ApiError.Transport("connection reset"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("S3, S24, S41: a failure before the first answer is told in the store's way, and not kept")
    void failureOfTheFirstRequests(ApiError error) {
        server.create(Samples.configMap("app", "a"));
        failOften(error);
        store.addReference(APP);
        assertThat(answered(APP).error()).isEqualTo(outage(error));
        assertThat(now(APP)).isEqualTo("nothing");
        server.stopFailing();
        scheduler.advance(MINUTE);

        assertThat(read(APP)).isEqualTo("a");
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("S6, S25, S41: a failure later leaves the value to stores that remember it, until the server is back")
    void failureOfLaterRequests(ApiError error) {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        failOften(error);
        server.failWatches(Statuses.of(500));
        server.update(Samples.configMap("app", "b"));
        scheduler.advance(MINUTE.multipliedBy(2));
        assertThat(read(APP)).isEqualTo(bridgesOutage() ? "a" : "Unavailable");
        server.stopFailing();
        scheduler.advance(MINUTE);

        assertThat(read(APP)).isEqualTo("b");
    }

    private void failOften(ApiError error) {
        for (int i = 0; i < OFTEN; i++) {
            server.failNext(Verb.GET, error);
            server.failNext(Verb.LIST, error);
        }
    }

    // Requests under way.

    @Test
    @DisplayName("S3, S32, S40: reads that come while a request is under way are all answered, once each")
    void readsDuringARequest() {
        server.create(Samples.configMap("app", "a"));
        server.latency(LATENCY);
        store.addReference(APP);
        List<RecordingReader<ConfigMap>> readers = List.of(get(APP), get(APP));
        assertThat(readers).noneMatch(RecordingReader::answered);
        assertThat(now(APP)).isEqualTo("nothing");
        scheduler.advance(SECOND);

        assertThat(readers).extracting(StoreRig::describe).containsOnly("a");
    }

    @Test
    @DisplayName("S5, S21, S40: an update that overtakes the answer is not lost")
    void updateDuringARequest() {
        server.create(Samples.configMap("app", "a"));
        server.latency(LATENCY);
        store.addReference(APP);
        RecordingReader<ConfigMap> reader = get(APP);
        server.update(Samples.configMap("app", "b"));
        scheduler.advance(SECOND);
        assertThat(describe(reader)).isEqualTo("a");
        scheduler.advance(staleness());

        assertThat(read(APP)).isEqualTo("b");
    }

    @Test
    @DisplayName("S13, S20: a read that waits when the entry goes keeps to that entry; a new one knows nothing of it")
    void entryGoesDuringARequest() {
        server.create(Samples.configMap("app", "a"));
        server.latency(LATENCY);
        server.lateCallbacks(true);
        store.addReference(APP);
        RecordingReader<ConfigMap> leftBehind = get(APP);
        store.deleteReference(APP);
        server.update(Samples.configMap("app", "b"));
        store.addReference(APP);
        RecordingReader<ConfigMap> next = get(APP);
        scheduler.advance(SECOND);

        assertThat(describe(leftBehind)).isEqualTo(readLeftBehind("a"));
        assertThat(describe(next)).isEqualTo("b");
        assertThat(store.references()).isEqualTo(counted(Map.of(APP, 1)));
    }

    @Test
    @DisplayName("S1, S32, S40: an object that is slow to come holds up no other")
    void objectsAreIndependent() {
        server.create(Samples.configMap("app", "slow"));
        server.create(Samples.configMap("other", "quick"));
        server.latency(LATENCY);
        store.addReference(APP);
        RecordingReader<ConfigMap> slow = get(APP);
        server.latency(Duration.ZERO);
        store.addReference(OTHER);
        RecordingReader<ConfigMap> quick = get(OTHER);
        scheduler.advance(StoreRig.STEP);

        assertThat(List.of(describe(slow), describe(quick))).containsExactly("waiting", "quick");
    }

    // Calls from within answers.

    @Test
    @DisplayName("A reader may drop the reference, take it again and read, from within its answer")
    void readerChangesItsOwnReference() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        RecordingReader<ConfigMap> second = new RecordingReader<>();
        store.get("shop", "app", andThen(() -> {
            store.deleteReference(APP);
            store.addReference(APP);
            store.get("shop", "app", second);
        }));
        scheduler.advance(SECOND);

        assertThat(describe(second)).isEqualTo("a");
        assertThat(store.references()).isEqualTo(counted(Map.of(APP, 1)));
    }

    @Test
    @DisplayName("A reader may reference and read another object from within its answer, whatever the answer is")
    void readerReferencesAnother() {
        server.create(Samples.configMap("other", "b"));
        List<RecordingReader<ConfigMap>> others = new ArrayList<>();
        Reader<ConfigMap> reader = andThen(() -> {
            store.addReference(OTHER);
            others.add(get(OTHER));
        });
        store.get("shop", "app", reader); // NotRegistered, or NotFound
        store.addReference(APP);
        store.get("shop", "app", reader); // NotFound
        scheduler.advance(SECOND);

        assertThat(others).extracting(StoreRig::describe).containsExactly("b", "b");
        assertThat(store.references()).isEqualTo(counted(Map.of(APP, 1, OTHER, 2)));
    }

    @Test
    @DisplayName("A reader that throws, which it must not, costs no other its answer; what it threw is not hidden")
    void readerThrows() {
        server.create(Samples.configMap("app", "a"));
        server.latency(LATENCY);
        store.addReference(APP);
        RuntimeException mistake = new IllegalStateException("a reader's mistake");
        List<RecordingReader<ConfigMap>> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            store.get("shop", "app", andThen(() -> {
                throw mistake;
            }));
            others.add(get(APP));
        }
        List<Throwable> thrown = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // a store that asks for each read has each answer by itself
            thrown.add(catchThrowable(() -> scheduler.advance(SECOND)));
        }

        assertThat(others).extracting(StoreRig::describe).containsOnly("a");
        assertThat(thrown.get(0)).isSameAs(mistake);
        assertThat(read(APP)).isEqualTo("a");
    }

    private static Reader<ConfigMap> andThen(Runnable action) {
        return new Reader<>() {
            @Override
            public void found(ConfigMap object) {
                action.run();
            }

            @Override
            public void failed(LookupError error) {
                action.run();
            }
        };
    }

    // The end.

    @Test
    @DisplayName("S14: after closing, twice too, nothing is asked any more, every read is answered, no timer is left")
    void closing() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        int requests = server.requests().size();
        store.close();
        store.close();
        assertThat(read(APP)).isEqualTo(afterClosing("a"));
        store.addReference(OTHER);
        assertThat(read(OTHER)).isIn("SyncTimeout", "Unavailable");
        store.deleteReference(APP);
        store.deleteReference(OTHER);
        scheduler.advance(MINUTE.multipliedBy(10));

        assertThat(store.references()).isEmpty();
        assertThat(server.requests()).hasSize(requests);
        assertThat(server.openWatches()).isEmpty();
        assertThat(scheduler.pending()).isZero();
    }

    // Reading.

    private RecordingReader<ConfigMap> get(ObjectKey key) {
        RecordingReader<ConfigMap> reader = new RecordingReader<>();
        store.get(key.namespace(), key.name(), reader);
        return reader;
    }

    /** A read, for which the clock runs as long as it must: at most a second. */
    private RecordingReader<ConfigMap> answered(ObjectKey key) {
        RecordingReader<ConfigMap> reader = get(key);
        assertThat(scheduler.advanceUntil(SECOND, reader::answered))
                .as("read of " + key)
                .isTrue();
        return reader;
    }

    private String read(ObjectKey key) {
        return describe(answered(key));
    }

    private String now(ObjectKey key) {
        ConfigMap object = store.getNow(key.namespace(), key.name());
        return object == null ? "nothing" : Samples.value(object);
    }
}
